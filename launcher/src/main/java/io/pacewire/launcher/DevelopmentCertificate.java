package io.pacewire.launcher;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * TLS for one machine: an authority of this data directory's own and a certificate for localhost
 * that it signed. The authority's key is forgotten at once, so that nobody can sign more with it.
 */
final class DevelopmentCertificate {
  private static final String SIGNATURE = "SHA256withECDSA";
  /** The longest that browsers accept for a server's certificate. */
  private static final Duration VALIDITY = Duration.ofDays(397);

  private final Path authority;
  private final Path certificate;
  private final Path key;

  private DevelopmentCertificate(Path directory) {
    this.authority = directory.resolve("ca.pem");
    this.certificate = directory.resolve("server.pem");
    this.key = directory.resolve("server-key.pem");
  }

  /** What devices and browsers are told to trust. */
  Path authority() {
    return authority;
  }

  /** The server's certificate and the authority's behind it. */
  Path certificate() {
    return certificate;
  }

  Path key() {
    return key;
  }

  /** The one in {@code directory}, made where there is none or where it has run out. */
  static DevelopmentCertificate in(Path directory, Instant now) throws IOException {
    DevelopmentCertificate tls = new DevelopmentCertificate(directory);
    if (!tls.isUsable(now)) {
      try {
        tls.generate(now);
      } catch (GeneralSecurityException | OperatorCreationException e) {
        throw new IOException("TLS certificate cannot be made: " + e.getMessage(), e);
      }
    }
    return tls;
  }

  private boolean isUsable(Instant now) throws IOException {
    if (!Files.exists(authority) || !Files.exists(certificate) || !Files.exists(key)) {
      return false;
    }
    Instant made = Files.getLastModifiedTime(certificate).toInstant();
    return now.isBefore(made.plus(VALIDITY).minus(Duration.ofDays(30)));
  }

  private void generate(Instant now)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    Files.createDirectories(authority.getParent());
    KeyPair authorityKeys = keys();
    X500Name authorityName = new X500Name("CN=Pacewire development authority");
    X509v3CertificateBuilder authorityBuilder = builder(
            authorityName, now, authorityName, authorityKeys)
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
    X509Certificate authorityCertificate = sign(authorityBuilder, authorityKeys.getPrivate());
    KeyPair serverKeys = keys();
    GeneralName[] names = {
      new GeneralName(GeneralName.dNSName, "localhost"),
      new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
      new GeneralName(GeneralName.iPAddress, "::1")
    };
    X509v3CertificateBuilder serverBuilder = builder(
            authorityName, now, new X500Name("CN=localhost"), serverKeys)
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
        .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    X509Certificate serverCertificate = sign(serverBuilder, authorityKeys.getPrivate());
    write(authority, authorityCertificate);
    Files.deleteIfExists(key);
    Files.createFile(
        key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    write(key, serverKeys.getPrivate());
    write(certificate, serverCertificate, authorityCertificate);
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, Instant now, X500Name subject, KeyPair keys) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(120, new SecureRandom()),
        Date.from(now.minus(Duration.ofHours(1))),
        Date.from(now.plus(VALIDITY)),
        subject,
        keys.getPublic());
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(key)));
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static void write(Path file, Object... objects) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      for (Object object : objects) {
        if (object instanceof PrivateKey privateKey) {
          // PKCS#8, which is what TLS servers read.
          pem.writeObject(
              new org.bouncycastle.util.io.pem.PemObject("PRIVATE KEY", privateKey.getEncoded()));
        } else {
          pem.writeObject(object);
        }
      }
    }
    Files.writeString(file, text.toString());
  }
}
