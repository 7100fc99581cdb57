package io.pacewire.training;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One step after the other, of thousands, or a few at a time: those that are done at once take no detour,
 * and no chain of futures grows whose end would unwind as deep as it is long. Used from one event loop.
 */
final class InTurn<T> {
  private final Iterator<T> left;
  private final int atOnce;
  private final Function<T, Future<Void>> step;
  private final Promise<Void> done = Promise.promise();
  private int underWay;
  private @Nullable Throwable failure;

  private InTurn(Iterator<T> left, int atOnce, Function<T, Future<Void>> step) {
    this.left = left;
    this.atOnce = atOnce;
    this.step = step;
  }

  /** Fails with the first step that does; none after it is begun. */
  static <T> Future<Void> each(Iterable<T> all, Function<T, Future<Void>> step) {
    return several(all, 1, step);
  }

  /**
   * The same with so many under way at once. Where one fails the others are waited for: nothing goes on
   * behind the back of who tries again.
   */
  static <T> Future<Void> several(Iterable<T> all, int atOnce, Function<T, Future<Void>> step) {
    InTurn<T> turn = new InTurn<>(all.iterator(), atOnce, step);
    turn.goOn();
    return turn.done.future();
  }

  private void goOn() {
    try {
      while (failure == null && underWay < atOnce && left.hasNext()) {
        Future<Void> current = step.apply(left.next());
        if (!current.succeeded()) {
          underWay++;
          current.onComplete(ended -> {
            underWay--;
            fail(ended.cause());
            goOn();
          });
        }
      }
    } catch (Throwable e) { // an Error too: who waits for the end would wait for ever
      fail(e);
    }
    if (underWay == 0 && (failure != null || !left.hasNext())) {
      end();
    }
  }

  private void fail(@Nullable Throwable cause) {
    failure = failure == null ? cause : failure;
  }

  private void end() {
    if (failure == null) {
      boolean unused = done.tryComplete();
    } else {
      boolean unused = done.tryFail(failure);
    }
  }
}
