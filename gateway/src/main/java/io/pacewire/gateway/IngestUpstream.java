package io.pacewire.gateway;

import io.pacewire.platform.config.ConfigException;
import io.pacewire.platform.config.ConfigSection;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where ingest's web doors are.
 *
 * @param url its scheme and authority, without a path
 * @param trustFile authorities its certificate may come from, PEM; null for those of the JDK
 */
public record IngestUpstream(String url, @Nullable Path trustFile) {
  private static final int CONNECT_MS = 2_000;
  private static final int IDLE_S = 90;
  private static final int MOST_REQUESTS = 256;
  private static final int MOST_WAITING = 1_024;

  public IngestUpstream {
    if (!url.matches("https?://[^/]+")) {
      throw new ConfigException(
          "gateway.ingestUrl must be http(s)://host:port without a path, was " + url);
    }
  }

  static IngestUpstream from(ConfigSection gateway) {
    return new IngestUpstream(
        gateway.string("ingestUrl"),
        gateway.has("ingestTrustFile") ? gateway.path("ingestTrustFile") : null);
  }

  HttpClient client(Vertx vertx) {
    return vertx.createHttpClient(
        options().setIdleTimeout(IDLE_S),
        new PoolOptions().setHttp1MaxSize(MOST_REQUESTS).setMaxWaitQueueSize(MOST_WAITING));
  }

  /** For what stays open: whose silence is too long is seen elsewhere. */
  HttpClient streams(Vertx vertx, int maxStreams) {
    return vertx.createHttpClient(
        options(), new PoolOptions().setHttp1MaxSize(maxStreams).setMaxWaitQueueSize(MOST_WAITING));
  }

  private HttpClientOptions options() {
    HttpClientOptions options =
        new HttpClientOptions().setConnectTimeout(CONNECT_MS).setSsl(isTls());
    if (trustFile != null) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(trustFile.toString()));
    }
    return options;
  }

  private boolean isTls() {
    return url.startsWith("https:");
  }
}
