package io.pacewire.training;

import io.pacewire.platform.web.JwtPrincipal;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.training.IdempotencyRepository.Known;
import io.pacewire.training.KeyedAnswer.Claim;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * POSTs with an {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key-header): the same key with
 * the same request is answered as before and does nothing, for a day. With another request it is a
 * 422, while the first is being worked on a 409. What failed leaves its key free: nothing was done.
 * Who died over the work is succeeded after a minute. An edit keeps its answer in its own transaction:
 * it is there and answered, or was not made.
 */
final class OncePosts {
  static final Duration KEPT = Duration.ofHours(24);
  static final Duration ABANDONED_AFTER = Duration.ofMinutes(1);

  /** What is larger is computed again when it is asked for again. */
  private static final int LARGEST_CHARS = 1 << 20;

  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private final IdempotencyRepository keys;
  private final InstantSource clock;

  OncePosts(IdempotencyRepository keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Does the work of a request, or answers what it came to before.
   *
   * @param work may keep its answer together with what it does; else that is kept behind it
   */
  Future<JsonObject> answer(RoutingContext ctx, Function<KeyedAnswer, Future<JsonObject>> work) {
    String key = ctx.request().getHeader("Idempotency-Key");
    if (key == null) {
      return work.apply(KeyedAnswer.none());
    }
    if (!KEY.matcher(key).matches()) {
      throw new ProblemException(
          Problem.badRequest("Idempotency-Key", "must be 1 to 255 visible ASCII characters"));
    }
    UUID athlete = JwtPrincipal.of(ctx).subject();
    byte[] hash = hash(ctx);
    long now = clock.millis();
    return keys.forget(now - KEPT.toMillis())
        .compose(done -> keys.claim(
            athlete, key, hash, now, now - KEPT.toMillis(), now - ABANDONED_AFTER.toMillis()))
        .compose(claimed -> claimed
            ? worked(ctx, new Claim(athlete, key, now), work)
            : keys.find(athlete, key)
                .map(known -> known.orElseThrow(OncePosts::busy))
                .map(known -> known(ctx, known, hash)));
  }

  private Future<JsonObject> worked(
      RoutingContext ctx, Claim claim, Function<KeyedAnswer, Future<JsonObject>> work) {
    KeyedAnswer answer = KeyedAnswer.of(claim);
    return Future.<Void>succeededFuture()
        .compose(begun -> work.apply(answer))
        .compose(
            response -> answer.isKept()
                ? Future.succeededFuture(response)
                : keep(claim, response, ctx.response().headers().get("ETag")).map(response),
            cause -> keys.release(claim.athlete(), claim.key(), claim.begunAtMs())
                .transform(released -> Future.failedFuture(cause)));
  }

  private Future<Void> keep(Claim claim, JsonObject response, @Nullable String etag) {
    return response.encode().length() > LARGEST_CHARS
        ? keys.release(claim.athlete(), claim.key(), claim.begunAtMs())
        : keys.answer(claim, response, etag).mapEmpty();
  }

  private static JsonObject known(RoutingContext ctx, Known known, byte[] hash) {
    if (!MessageDigest.isEqual(known.requestHash(), hash)) {
      throw new ProblemException(Problem.of(
          422,
          "idempotency-key-reused",
          "This key was used for another request",
          "Idempotency-Key must be another one for each request"));
    }
    JsonObject response = known.response();
    if (response == null) {
      throw busy();
    }
    if (known.etag() != null) {
      ctx.response().putHeader("ETag", known.etag());
    }
    ctx.response().putHeader("Idempotency-Replayed", "true");
    return response;
  }

  static ProblemException busy() {
    return new ProblemException(Problem.conflict(
            "idempotency-key-in-flight", "The first request with this Idempotency-Key is worked on")
        .with("retryAfterS", 1L));
  }

  private static byte[] hash(RoutingContext ctx) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      HttpServerRequest request = ctx.request();
      String head = request.method() + " " + request.uri() + "\n" + request.getHeader("If-Match");
      digest.update(head.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n');
      if (!ctx.body().isEmpty()) {
        digest.update(ctx.body().buffer().getBytes());
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }
}
