package io.pacewire.gateway;

import io.pacewire.platform.redis.RedisCommands;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The same POST with the same {@code Idempotency-Key} happens once: its answer is kept for a day and
 * given again. Answers with secrets are not kept, so routes that give some do not come here.
 */
final class IdempotencyKeys {
  private static final int KEEP_S = 86_400;
  /** A gateway that dies in between must not lock a key for ever. */
  private static final int IN_FLIGHT_S = 60;

  private static final int MAX_BODY_BYTES = 64 * 1024;

  private final RedisCommands redis;

  IdempotencyKeys(RedisCommands redis) {
    this.redis = redis;
  }

  /** An answer, fresh or kept. */
  record Answer(int status, @Nullable String contentType, Buffer body) {}

  /**
   * @param scope the caller and the route, so that keys of different callers never meet
   * @param body of the request: the same key with another body is an error
   */
  Future<Answer> once(
      String scope, String key, Buffer body, Supplier<Future<HttpResponse<Buffer>>> ask) {
    String name = "idempotency:" + digest(Buffer.buffer(scope + "\n" + key));
    String fingerprint = digest(body);
    JsonObject begun = new JsonObject().put("request", fingerprint);
    return redis
        .send(Request.cmd(Command.SET)
            .arg(name)
            .arg(begun.encode())
            .arg("NX")
            .arg("EX")
            .arg(IN_FLIGHT_S))
        .compose(set -> set == null
            ? kept(name, fingerprint)
            : ask.get()
                .compose(response -> keep(name, begun, response))
                .recover(cause -> forget(name).compose(done -> Future.failedFuture(cause))));
  }

  private Future<Answer> kept(String name, String fingerprint) {
    return redis.send(Request.cmd(Command.GET).arg(name)).map(found -> {
      JsonObject known = known(found);
      if (!fingerprint.equals(known.getString("request"))) {
        throw new ProblemException(Problem.of(
            422,
            "idempotency-key-reused",
            "This key was used for something else",
            "Idempotency-Key was sent before with another body"));
      }
      Integer status = known.getInteger("status");
      if (status == null) {
        throw inFlight();
      }
      return new Answer(
          status,
          known.getString("contentType"),
          Buffer.buffer(known.getBinary("body", new byte[0])));
    });
  }

  private Future<Answer> keep(String name, JsonObject begun, HttpResponse<Buffer> response) {
    Buffer body = response.body() == null ? Buffer.buffer() : response.body();
    String type = response.getHeader("Content-Type");
    Answer answer = new Answer(response.statusCode(), type, body);
    // What failed here may succeed with the next try; that is not to be kept from the caller.
    if (answer.status() >= 500 || answer.status() == 429 || body.length() > MAX_BODY_BYTES) {
      return forget(name).map(answer);
    }
    JsonObject done = begun
        .copy()
        .put("status", answer.status())
        .put("contentType", type)
        .put("body", body.getBytes());
    return redis
        .send(Request.cmd(Command.SET).arg(name).arg(done.encode()).arg("EX").arg(KEEP_S))
        .map(answer);
  }

  private Future<Void> forget(String name) {
    return redis.send(Request.cmd(Command.DEL).arg(name)).mapEmpty();
  }

  private static JsonObject known(@Nullable Response found) {
    if (found == null) {
      throw inFlight(); // it ran out just now: the caller may try again
    }
    return new JsonObject(found.toString());
  }

  private static ProblemException inFlight() {
    return new ProblemException(Problem.conflict(
        "idempotency-key-in-flight", "the first request with this key is not done"));
  }

  private static String digest(Buffer content) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(content.getBytes()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing", e);
    }
  }
}
