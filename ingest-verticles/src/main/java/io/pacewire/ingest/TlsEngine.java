package io.pacewire.ingest;

import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;

/**
 * Who encrypts: BoringSSL where the build for this machine is on the class path, which costs less
 * processor time a byte and less memory a connection; else the JDK.
 */
public final class TlsEngine {
  private TlsEngine() {}

  static SSLEngineOptions options() {
    return OpenSSLEngineOptions.isAvailable()
        ? new OpenSSLEngineOptions()
        : new JdkSSLEngineOptions();
  }

  /** Its name, for people. */
  public static String provider() {
    return OpenSSLEngineOptions.isAvailable() ? "BoringSSL" : "JDK";
  }
}
