package io.pacewire.gateway;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.RoleClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether all roles behind the gateway are ready. Anybody may ask, so whoever asks while roles are being
 * asked hears what those say. On one event loop.
 */
final class Readiness {
  private static final long TIMEOUT_MS = 2_000;

  private final WebClient client;
  private final Map<String, String> roles;
  private @Nullable Future<JsonObject> asking;

  Readiness(Vertx vertx, GatewayConfig config) {
    this(
        vertx,
        Map.of(
            "identity", config.identityUrl(),
            "training", config.trainingUrl(),
            "inventory", config.inventoryUrl(),
            "gamification", config.gamificationUrl()));
  }

  Readiness(Vertx vertx, Map<String, String> roles) {
    this.client = RoleClient.create(vertx);
    this.roles = roles;
  }

  Future<JsonObject> check() {
    Future<JsonObject> answer = asking;
    if (answer == null) {
      answer = ask();
      asking = answer;
      Future<?> unused = answer.onComplete(asked -> asking = null);
    }
    return answer;
  }

  private Future<JsonObject> ask() {
    JsonObject found = new JsonObject();
    Future<Void> all = Future.succeededFuture();
    for (Map.Entry<String, String> role : roles.entrySet()) {
      all = all.compose(done -> client
          .getAbs(role.getValue() + "/health/ready")
          .timeout(TIMEOUT_MS)
          .send()
          .map(answer -> answer.statusCode() == 200)
          .otherwise(false)
          .<Void>map(up -> {
            found.put(role.getKey(), up ? "up" : "down");
            return null;
          }));
    }
    return all.map(done -> {
      if (found.stream().anyMatch(role -> "down".equals(role.getValue()))) {
        throw new ProblemException(
            Problem.unavailable("not every role is ready").with("roles", found));
      }
      return new JsonObject().put("status", "up").put("roles", found);
    });
  }
}
