package io.pacewire.gateway;

import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.platform.redis.RedisCommands;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The same POST with the same {@code Idempotency-Key} happens once: what it came to is kept for a day
 * and given again. What was refused did nothing and leaves its key free. Answers with secrets are not
 * kept, so routes that give some do not come here, nor those of a role that keeps its keys itself.
 */
final class IdempotencyKeys {
  private static final System.Logger LOG = System.getLogger(IdempotencyKeys.class.getName());
  private static final int KEEP_S = 86_400;
  /** A gateway that dies in between must not lock a key for ever. */
  private static final int IN_FLIGHT_S = 60;

  private static final int MAX_BODY_BYTES = 64 * 1024;

  private static final List<String> KEPT_HEADERS =
      List.of("Content-Type", "ETag", "Location", "Cache-Control", "Vary");

  private final RedisCommands redis;

  IdempotencyKeys(RedisCommands redis) {
    this.redis = redis;
  }

  /** An answer, fresh or kept, with those of its headers that may go on. */
  record Answer(int status, MultiMap headers, Buffer body) {}

  /**
   * @param scope the caller and the route, so that keys of different callers never meet
   * @param asked all else that the request asks for: the same key with something else is an error
   */
  Future<Answer> once(
      String scope, String key, Buffer asked, Supplier<Future<HttpResponse<Buffer>>> ask) {
    String name = "idempotency:" + digest(Buffer.buffer(scope + "\n" + key));
    String fingerprint = digest(asked);
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
                .recover(cause ->
                    forget(name).otherwiseEmpty().compose(done -> Future.failedFuture(cause)))
                .compose(response -> keep(name, begun, response)));
  }

  private Future<Answer> kept(String name, String fingerprint) {
    return redis.send(Request.cmd(Command.GET).arg(name)).map(found -> {
      JsonObject known = known(found);
      if (!fingerprint.equals(known.getString("request"))) {
        throw new ProblemException(Problem.of(
            422,
            "idempotency-key-reused",
            "This key was used for something else",
            "Idempotency-Key was sent before with another body or If-Match"));
      }
      Integer status = known.getInteger("status");
      if (status == null) {
        throw inFlight();
      }
      MultiMap headers = MultiMap.caseInsensitiveMultiMap();
      known
          .getJsonObject("headers", new JsonObject())
          .forEach(one -> headers.add(one.getKey(), String.valueOf(one.getValue())));
      return new Answer(
          status,
          headers.set("Idempotency-Replayed", "true"),
          Buffer.buffer(known.getBinary("body", new byte[0])));
    });
  }

  /** Where it cannot be kept it is told all the same: it happened. */
  private Future<Answer> keep(String name, JsonObject begun, HttpResponse<Buffer> response) {
    Buffer body = response.body() == null ? Buffer.buffer() : response.body();
    Answer answer = new Answer(response.statusCode(), ApiProxy.passed(response), body);
    // What was refused did nothing: with what it wanted mended, the same key is to count.
    if (answer.status() < 200 || answer.status() >= 300 || body.length() > MAX_BODY_BYTES) {
      return forget(name).otherwiseEmpty().map(answer);
    }
    JsonObject headers = new JsonObject();
    for (String header : KEPT_HEADERS) {
      headers.put(header, response.getHeader(header));
    }
    headers.getMap().values().removeIf(Objects::isNull);
    JsonObject done = begun
        .copy()
        .put("status", answer.status())
        .put("headers", headers)
        .put("body", body.getBytes());
    return redis
        .send(Request.cmd(Command.SET).arg(name).arg(done.encode()).arg("EX").arg(KEEP_S))
        .onFailure(cause -> LOG.log(WARNING, "an answer is not kept: {0}", cause.getMessage()))
        .otherwiseEmpty()
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
