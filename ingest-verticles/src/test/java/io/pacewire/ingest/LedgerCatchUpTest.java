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
            .ask(List.of(asking("a"), () -> Future.succeededFuture(), asking("b")))
            .isComplete())
        .isTrue();
    assertThat(asked).containsExactly("a", "b");
    pauses.remove().complete();
    assertThat(asked).containsExactly("a", "b", "a", "b");
    answers = true;
    pauses.remove().complete();
    assertThat(asked).hasSize(6);
    assertThat(pauses).isEmpty();
  }

  @Test
  void nobodyIsAsked_forADeviceThatHearsNothing_andNotForEver() {
    var first = missed.ask(List.of(asking("a")));
    assertThat(first.failed()).isTrue();
    listens = false;
    int waited = 0;
    for (; !pauses.isEmpty(); waited++) {
      pauses.remove().complete();
    }
    assertThat(waited).isEqualTo(LedgerCatchUp.MOST_TIMES - 1);
    assertThat(asked).containsExactly("a");
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
