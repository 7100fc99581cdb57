package io.pacewire.training;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.function.Function;

/**
 * One step after the other, of thousands: those that are done at once take no detour, and no chain of
 * futures grows whose end would unwind as deep as it is long.
 */
final class InTurn<T> {
  private final Iterator<T> left;
  private final Function<T, Future<Void>> step;
  private final Promise<Void> done = Promise.promise();

  private InTurn(Iterator<T> left, Function<T, Future<Void>> step) {
    this.left = left;
    this.step = step;
  }

  /** Fails with the first step that does; none after it is begun. */
  static <T> Future<Void> each(Iterable<T> all, Function<T, Future<Void>> step) {
    InTurn<T> turn = new InTurn<>(all.iterator(), step);
    turn.goOn();
    return turn.done.future();
  }

  private void goOn() {
    try {
      while (left.hasNext()) {
        Future<Void> current = step.apply(left.next());
        if (!current.succeeded()) {
          current.onSuccess(taken -> goOn()).onFailure(done::fail);
          return;
        }
      }
      done.complete();
    } catch (RuntimeException e) {
      done.fail(e);
    }
  }
}
