package io.pacewire.sdk.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The authorities of the device, and those the app adds (a development one, an organisation's own).
 */
public final class TrustedCertificates {
  private final @Nullable TrustManagerFactory factory;

  private TrustedCertificates(@Nullable TrustManagerFactory factory) {
    this.factory = factory;
  }

  /** Only what the device trusts anyway. */
  public static TrustedCertificates ofDevice() {
    return new TrustedCertificates(null);
  }

  /** What the device trusts, and these PEM certificates. */
  public static TrustedCertificates with(byte[] pem) throws GeneralSecurityException, IOException {
    KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
    all.load(null, null);
    int number = 0;
    for (X509Certificate known : x509(factory(null)).getAcceptedIssuers()) {
      all.setCertificateEntry("device-" + number++, known);
    }
    CertificateFactory parser = CertificateFactory.getInstance("X.509");
    int added = 0;
    for (Certificate extra : parser.generateCertificates(new ByteArrayInputStream(pem))) {
      all.setCertificateEntry("added-" + added++, extra);
    }
    if (added == 0) {
      throw new GeneralSecurityException("no certificate in the PEM text");
    }
    return new TrustedCertificates(factory(all));
  }

  /** Null where the device's own trust is enough. */
  @Nullable
  TrustManagerFactory factory() {
    return factory;
  }

  void applyTo(OkHttpClient.Builder builder) {
    if (factory == null) {
      return;
    }
    try {
      X509TrustManager manager = x509(factory);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {manager}, null);
      OkHttpClient.Builder unused = builder.sslSocketFactory(context.getSocketFactory(), manager);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no TLS on this device", e);
    }
  }

  private static TrustManagerFactory factory(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory made =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    made.init(store);
    return made;
  }

  private static X509TrustManager x509(TrustManagerFactory factory) {
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager) {
        return (X509TrustManager) manager;
      }
    }
    throw new IllegalStateException("the device has no X.509 trust manager");
  }
}
