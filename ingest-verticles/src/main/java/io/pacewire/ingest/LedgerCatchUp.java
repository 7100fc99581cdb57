package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Asks what a device missed, one question after another since many devices come at once; what fails is
 * asked again, later and later, for some minutes. Used from one event loop.
 */
final class LedgerCatchUp {
  private static final System.Logger LOG = System.getLogger(LedgerCatchUp.class.getName());
  static final int MOST_TIMES = 8;

  /** Completes when it is time for the next try, after so many. */
  interface Pauses {
    Future<?> after(int tries);
  }

  private final Pauses pauses;
  private final BooleanSupplier listens;
  private int round;

  /** @param listens whether the device hears an answer now */
  LedgerCatchUp(Pauses pauses, BooleanSupplier listens) {
    this.pauses = pauses;
    this.listens = listens;
  }

  /** Completes after the first time; whatever was asked before is not asked any more. */
  Future<?> ask(List<Supplier<Future<?>>> questions) {
    return ask(questions, 0, ++round);
  }

  private Future<?> ask(List<Supplier<Future<?>>> questions, int tries, int asked) {
    List<Supplier<Future<?>>> failed = new ArrayList<>();
    Future<?> all = Future.succeededFuture();
    for (Supplier<Future<?>> question : questions) {
      all = all.transform(before -> question.get()).onFailure(cause -> {
        LOG.log(DEBUG, "ledger not known now: {0}", cause.getMessage());
        failed.add(question);
      });
    }
    return all.onComplete(done -> later(failed, tries + 1, asked));
  }

  private void later(List<Supplier<Future<?>>> failed, int tries, int asked) {
    if (failed.isEmpty() || tries == MOST_TIMES || asked != round) {
      return;
    }
    var unused = pauses.after(tries).onSuccess(due -> {
      if (asked != round) {
        return;
      }
      if (listens.getAsBoolean()) {
        var unusedToo = ask(failed, tries, asked);
      } else {
        later(failed, tries + 1, asked);
      }
    });
  }
}
