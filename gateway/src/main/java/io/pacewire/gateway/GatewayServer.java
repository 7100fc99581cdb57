package io.pacewire.gateway;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.Set;

/** How the gateway listens: TLS with forward secrecy and authenticated encryption only. */
final class GatewayServer {
  /** Of a viewer, who has little to say; what devices send passes to ingest, whose limits hold for it. */
  private static final int MAX_FRAME_BYTES = 16_384;

  /** Between two requests of a connection. */
  static final int IDLE_S = 75;

  /** A connection has so long to bring the headers of a request. */
  static final long HEAD_WITHIN_MS = 10_000;

  private GatewayServer() {}

  static HttpServerOptions of(GatewayConfig config) {
    HttpServerOptions options = new HttpServerOptions()
        .setHost(config.host())
        .setPort(config.port())
        .setSsl(true)
        .setUseAlpn(true)
        .setIdleTimeout(IDLE_S)
        .setMaxHeaderSize(32 * 1024)
        // A small frame could become any amount of memory: its bound is that of the packed bytes.
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setMaxWebSocketFrameSize(MAX_FRAME_BYTES)
        .setMaxWebSocketMessageSize(MAX_FRAME_BYTES)
        .setKeyCertOptions(new PemKeyCertOptions()
            .setCertPath(config.certificateFile().toString())
            .setKeyPath(config.keyFile().toString()));
    options.setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
    for (String suite : new String[] {
      "TLS_AES_128_GCM_SHA256",
      "TLS_AES_256_GCM_SHA384",
      "TLS_CHACHA20_POLY1305_SHA256",
      "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
      "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
      "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
    }) {
      options.addEnabledCipherSuite(suite);
    }
    return options;
  }
}
