package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InTurnTest {
  private static final int MANY = 200_000;

  @Test
  void manySteps_thatAreDoneAtOnce_orLater_endWithoutADeepStack() {
    Deque<Promise<Void>> waiting = new ArrayDeque<>();
    List<Integer> taken = new ArrayList<>();
    Future<Void> all = InTurn.each(IntStream.range(0, MANY).boxed().toList(), number -> {
      taken.add(number);
      if (number % 3 != 0) {
        return Future.succeededFuture();
      }
      Promise<Void> later = Promise.promise();
      waiting.add(later);
      return later.future();
    });
    assertThat(taken).containsExactly(0);
    while (!waiting.isEmpty()) {
      waiting.remove().complete();
    }
    assertThat(all.succeeded()).isTrue();
    assertThat(taken).hasSize(MANY).isSorted();
  }

  @Test
  void aStepThatFails_orThrows_isTheLast() {
    List<Integer> taken = new ArrayList<>();
    Future<Void> failed = InTurn.each(List.of(1, 2, 3), number -> {
      taken.add(number);
      return number == 2 ? Future.failedFuture("two") : Future.succeededFuture();
    });
    assertThat(failed.cause()).hasMessage("two");
    assertThat(taken).containsExactly(1, 2);
    Future<Void> thrown = InTurn.each(List.of(1), number -> {
      throw new IllegalStateException("one");
    });
    assertThat(thrown.cause()).hasMessage("one");
  }
}
