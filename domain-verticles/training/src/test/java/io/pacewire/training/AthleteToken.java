package io.pacewire.training;

import io.pacewire.platform.web.TestIssuer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.KeyPair;
import java.time.Instant;
import java.util.UUID;

/** What an athlete shows who looks at trainings, good for ten minutes. */
final class AthleteToken {
  private static final long LIFE_S = 600;

  private AthleteToken() {}

  /** @param key that the issuer publishes as {@code one} */
  static String of(UUID athlete, KeyPair key) throws Exception {
    return TestIssuer.sign(
        key,
        "one",
        new JsonObject()
            .put("iss", "pacewire")
            .put("aud", new JsonArray().add("pacewire"))
            .put("sub", athlete.toString())
            .put("scope", "athlete")
            .put("exp", Instant.now().plusSeconds(LIFE_S).getEpochSecond()));
  }
}
