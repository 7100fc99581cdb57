package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LedgerCatchUpTest {
  private final Deque<Promise<Void>> pauses = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private boolean listens = true;
  private boolean answers;
  private final LedgerCatchUp missed = new LedgerCatchUp(
      tries -> {
        Promise<Void> pause = Promise.promise();
        pauses.add(pause);
        return pause.future();
      },
      () -> listens);

  @Test
  void whatFailed_isAskedAgain_untilItIsAnswered_andNothingElse() {
    assertThat(missed
            .ask(List.of(() -> Future.succeededFuture(), asking("a"), asking("b")))
            .isComplete())
        .isTrue();
    assertThat(asked).as("who is away would not answer the next either").containsExactly("a");
    pauses.remove().complete();
    assertThat(asked).as("that it is first no more").containsExactly("a", "b");
    answers = true;
    pauses.remove().complete();
    assertThat(asked).containsExactly("a", "b", "a", "b");
    assertThat(pauses).isEmpty();
  }

  /** A training role may be away for an hour. */
  @Test
  void itIsAsked_asLongAsTheConnectionLives_andNoLonger() {
    var first = missed.ask(List.of(asking("a")));
    assertThat(first.failed()).isTrue();
    for (int i = 2; i <= 100; i++) {
      pauses.remove().complete();
      assertThat(asked).hasSize(i);
    }
    missed.close();
    pauses.remove().complete();
    assertThat(asked).hasSize(100);
    assertThat(pauses).isEmpty();
  }

  @Test
  void nobodyIsAsked_forADeviceThatHearsNothing_untilItDoes() {
    var first = missed.ask(List.of(asking("a")));
    assertThat(first.failed()).isTrue();
    listens = false;
    for (int i = 0; i < 20; i++) {
      pauses.remove().complete();
    }
    assertThat(asked).containsExactly("a");
    listens = true;
    answers = true;
    pauses.remove().complete();
    assertThat(asked).containsExactly("a", "a");
    assertThat(pauses).isEmpty();
  }

  @Test
  void pauses_areLonger_upToAMinute() {
    for (int tries = 1; tries < 60; tries++) {
      assertThat(RetryPause.ms(tries)).isBetween(1_000L, 64_000L);
    }
    assertThat(RetryPause.ms(40)).isGreaterThanOrEqualTo(32_000);
  }

  @Test
  void whoAsksAnew_waitsForNothingOlder() {
    var first = missed.ask(List.of(asking("old")));
    var second = missed.ask(List.of(asking("new")));
    assertThat(first.failed() && second.failed()).isTrue();
    assertThat(pauses).hasSize(2);
    pauses.remove().complete();
    pauses.remove().complete();
    assertThat(asked).containsExactly("old", "new", "new");
  }

  private Supplier<Future<?>> asking(String name) {
    return () -> {
      asked.add(name);
      return answers ? Future.succeededFuture() : Future.failedFuture("away");
    };
  }
}
