package io.pacewire.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordHashTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    get(vertx.close());
  }

  @Test
  void aPassword_matchesItsHashAlone() throws Exception {
    PasswordHash passwords = new PasswordHash(vertx, 1, 10);
    String hash = get(passwords.hash("correct horse"));
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(get(passwords.hash("correct horse"))).as("salted").isNotEqualTo(hash);
    assertThat(get(passwords.matches("correct horse", hash))).isTrue();
    assertThat(get(passwords.matches("correct horsf", hash))).isFalse();
    assertThat(get(passwords.matchesNobody("correct horse"))).isFalse();
  }

  @Test
  void moreThanTheQueueHolds_isToldToComeAgain_andTheQueueRecovers() throws Exception {
    PasswordHash passwords = new PasswordHash(vertx, 1, 2);
    List<Future<String>> asked =
        IntStream.range(0, 5).mapToObj(i -> passwords.hash("password " + i)).toList();
    assertThatThrownBy(() -> get(asked.get(4)))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(ProblemException.class, told -> {
          assertThat(told.problem().status()).isEqualTo(503);
          assertThat(told.problem().extra()).containsKey("retryAfterS");
        });
    assertThat(get(asked.get(0))).isNotEmpty();
    assertThat(get(asked.get(1))).isNotEmpty();
    assertThat(get(passwords.hash("afterwards"))).isNotEmpty();
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
