package io.pacewire.ingest;

import io.pacewire.wire.LedgerEntry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Asks training, with the device's own token, what it has stored of a session. */
final class LedgerQueries {
  private static final long TIMEOUT_MS = 5_000;

  private final Vertx vertx;
  private final WebClient client;
  private final String trainingUrl;

  LedgerQueries(Vertx vertx, WebClient client, String trainingUrl) {
    this.vertx = vertx;
    this.client = client;
    this.trainingUrl = trainingUrl;
  }

  /** Before what failed is asked again. */
  Future<?> pause(int tries) {
    return vertx.timer(RetryPause.ms(tries), TimeUnit.MILLISECONDS);
  }

  /** The whole entry; an unknown session has stored nothing yet. */
  Future<LedgerEntry> find(UUID session, int writer, String token) {
    return client
        .getAbs(trainingUrl + "/v1/sessions/" + session + "/ledger?writer=" + writer)
        .bearerTokenAuthentication(token)
        .timeout(TIMEOUT_MS)
        .send()
        .compose(response -> {
          if (response.statusCode() == 404) {
            return Future.succeededFuture(complete(new LedgerEntry(session, writer)));
          }
          if (response.statusCode() != 200) {
            return Future.failedFuture("training answered " + response.statusCode());
          }
          return Future.succeededFuture(entry(session, writer, response.bodyAsJsonObject()));
        });
  }

  private static LedgerEntry entry(UUID session, int writer, JsonObject ledger) {
    LedgerEntry entry = complete(new LedgerEntry(session, writer));
    for (Object range : ledger.getJsonArray("stored", new JsonArray())) {
      JsonArray ends = (JsonArray) range;
      entry.stored().add(ends.getInteger(0), ends.getInteger(1));
    }
    for (Object refused : ledger.getJsonArray("refused", new JsonArray())) {
      JsonObject refusal = (JsonObject) refused;
      entry.refuse(refusal.getInteger("seq"), refusal.getString("reason"));
    }
    return entry;
  }

  private static LedgerEntry complete(LedgerEntry entry) {
    entry.complete(true);
    return entry;
  }
}
