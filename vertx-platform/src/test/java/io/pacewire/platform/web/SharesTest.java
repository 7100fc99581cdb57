package io.pacewire.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SharesTest {
  private final Shares shares = new Shares(2);
  private final UUID one = UUID.randomUUID();
  private final UUID other = UUID.randomUUID();

  @Test
  void nobodyHasMoreThanItsShare_andWhatIsDoneIsFreeAgain() {
    Promise<Void> first = Promise.promise();
    Promise<Void> second = Promise.promise();
    Future<Void> running = shares.within(one, first::future);
    Future<Void> failing = shares.within(one, second::future);
    Future<Void> tooMuch = shares.within(one, Future::succeededFuture);
    assertThat(tooMuch.cause())
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem().status()).isEqualTo(429));
    assertThat(shares.within(other, Future::<Void>succeededFuture).succeeded()).isTrue();

    first.complete();
    second.fail("broke off");
    assertThat(running.succeeded()).isTrue();
    assertThat(failing.failed()).isTrue();
    for (int i = 0; i < 3; i++) {
      assertThat(shares.within(one, Future::<Void>succeededFuture).succeeded()).isTrue();
    }
  }

  @Test
  void workThatThrows_givesItsShareBack() {
    for (int i = 0; i < 3; i++) {
      Future<Void> thrown = shares.within(one, () -> {
        throw new IllegalStateException("thrown");
      });
      assertThat(thrown.cause()).isInstanceOf(IllegalStateException.class);
    }
  }
}
