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

  /** Never more than so many; a failure waits for those that are under way, and begins no other. */
  @Test
  void severalAtOnce_areSoMany_andAreWaitedForWhereOneFails() {
    List<Promise<Void>> begun = new ArrayList<>();
    Future<Void> all = InTurn.several(List.of(1, 2, 3, 4, 5), 3, number -> {
      begun.add(Promise.promise());
      return begun.get(begun.size() - 1).future();
    });
    assertThat(begun).hasSize(3);
    begun.get(1).complete();
    assertThat(begun).hasSize(4);
    begun.get(0).fail("first");
    assertThat(all.isComplete()).isFalse();
    begun.get(3).fail("fourth");
    assertThat(all.isComplete()).isFalse();
    begun.get(2).complete();
    assertThat(all.cause()).hasMessage("first");
    assertThat(begun).as("none after the failure").hasSize(4);
  }

  @Test
  void severalAtOnce_endWithTheLast() {
    Promise<Void> first = Promise.promise();
    Future<Void> all = InTurn.several(
        List.of(1, 2), 2, number -> number == 1 ? first.future() : Future.succeededFuture());
    assertThat(all.isComplete()).isFalse();
    first.complete();
    assertThat(all.succeeded()).isTrue();
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

  /** Thrown when an earlier step ended: there is no caller whom it could fall upon. */
  @Test
  void anErrorOfALaterStep_endsIt() {
    Promise<Void> first = Promise.promise();
    Future<Void> all = InTurn.each(List.of(1, 2, 3), number -> {
      if (number == 2) {
        throw new StackOverflowError();
      }
      return first.future();
    });
    first.complete();
    assertThat(all.cause()).isInstanceOf(StackOverflowError.class);
  }
}
