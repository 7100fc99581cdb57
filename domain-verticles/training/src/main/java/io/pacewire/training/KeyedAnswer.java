package io.pacewire.training;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a request that has a key. It is kept in the transaction that does the work, so that
 * whoever dies over it has done both or neither: asked again, an edit is not made a second time, whatever
 * else was changed meanwhile. Of one request.
 */
final class KeyedAnswer {
  private final @Nullable Claim claim;
  private boolean kept;

  /** @param begunAtMs tells this attempt from that of whoever succeeds it */
  record Claim(UUID athlete, String key, long begunAtMs) {}

  private KeyedAnswer(@Nullable Claim claim) {
    this.claim = claim;
  }

  static KeyedAnswer of(Claim claim) {
    return new KeyedAnswer(claim);
  }

  /** Of a request without a key. */
  static KeyedAnswer none() {
    return new KeyedAnswer(null);
  }

  /** Joins the caller's transaction, which fails where somebody else does this work by now. */
  Future<Void> keep(SqlConnection tx, Training edited) {
    if (claim == null) {
      return Future.succeededFuture();
    }
    JsonObject response = TrainingJson.detail(edited);
    return IdempotencyRepository.answer(tx, claim, response, RevisionTag.of(edited))
        .map(ours -> {
          if (!ours) {
            throw OncePosts.busy();
          }
          kept = true;
          return null;
        });
  }

  /** Whether a transaction kept it; what became of that its own future says. */
  boolean isKept() {
    return kept;
  }
}
