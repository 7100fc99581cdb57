package io.pacewire.training;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Does what is due, one after the other and some at a time, until none is left or the time for it is over.
 * Used once, from one event loop.
 */
final class DueWork<T> {
  private final LongSupplier nanoTime;
  private final long endNs;
  private final int atOnce;
  private final Supplier<Future<List<T>>> due;
  private final Function<T, Future<Boolean>> step;
  private boolean any;
  private boolean anyOfThese;
  private boolean isCutOff;

  /**
   * @param mostNs what is begun by then is done
   * @param atOnce how many {@code due} gives at most; where it gives as many there may be more
   * @param due those that wait longest; without those that were done
   * @param step completes with whether it did anything: what stays due is not asked for again
   */
  DueWork(
      LongSupplier nanoTime,
      long mostNs,
      int atOnce,
      Supplier<Future<List<T>>> due,
      Function<T, Future<Boolean>> step) {
    this.nanoTime = nanoTime;
    this.endNs = nanoTime.getAsLong() + mostNs;
    this.atOnce = atOnce;
    this.due = due;
    this.step = step;
  }

  /** Completes with whether more may be left. Does one at least, where any is due. */
  Future<Boolean> run() {
    anyOfThese = false;
    return due.get()
        .compose(found -> InTurn.each(found, this::one).compose(done -> {
          boolean more = isCutOff || (found.size() >= atOnce && anyOfThese);
          return more && !isOver() ? run() : Future.succeededFuture(more);
        }));
  }

  private Future<Void> one(T each) {
    if (any && isOver()) {
      isCutOff = true;
      return Future.succeededFuture();
    }
    return step.apply(each).map(did -> {
      any |= did;
      anyOfThese |= did;
      return null;
    });
  }

  private boolean isOver() {
    return nanoTime.getAsLong() - endNs >= 0;
  }
}
