package io.pacewire.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TokenRefusalsTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final TokenRefusals refusals = new TokenRefusals(meters, "test");

  @Test
  void eachRefusal_isCountedByItsReason_once() {
    refuse(TokenVerifier.refused(TokenRefusals.FORGED));
    refuse(TokenVerifier.refused(TokenRefusals.MALFORMED));
    refuse(TokenVerifier.refused(TokenRefusals.TOO_LONG));
    refuse(TokenVerifier.refused(TokenRefusals.UNKNOWN_KEY));
    refuse(TokenVerifier.refused(TokenRefusals.REVOKED));
    refuse(TokenVerifier.refused("token has run out"));
    refuse(new ProblemException(Problem.forbidden("no scope")));
    refuse(new ProblemException(Problem.unavailable(TokenRefusals.BUSY)));
    refuse(new ProblemException(Problem.unavailable(TokenRefusals.STRANGERS)));
    refuse(new ProblemException(Problem.unavailable("keys are not known")));
    refuse(new IOException("away"));
    assertThat(count("forged")).isEqualTo(1);
    assertThat(count("malformed")).isEqualTo(2);
    assertThat(count("unknownKey")).isEqualTo(1);
    assertThat(count("revoked")).isEqualTo(1);
    assertThat(count("claims")).isEqualTo(1);
    assertThat(count("scope")).isEqualTo(1);
    assertThat(count("poolFull")).isEqualTo(1);
    assertThat(count("forgedTokensPerS")).isEqualTo(1);
    assertThat(count("unavailable")).isEqualTo(2);
  }

  @Test
  void whoIsLetIn_isNotCounted() {
    assertThat(refusals.counted(Future.succeededFuture("x")).result()).isEqualTo("x");
    assertThat(meters.getMeters()).hasSize(9);
    assertThat(meters.find("pacewire.tokens.refused").counters())
        .allMatch(counter -> counter.count() == 0);
  }

  private void refuse(Throwable cause) {
    assertThat(refusals.counted(Future.failedFuture(cause)).failed()).isTrue();
  }

  private int count(String reason) {
    return (int) meters
        .get("pacewire.tokens.refused")
        .tag("role", "test")
        .tag("reason", reason)
        .counter()
        .count();
  }
}
