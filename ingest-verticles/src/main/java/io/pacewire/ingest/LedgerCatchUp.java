package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Asks what a device missed, one question after another since many devices come at once. Where one fails
 * all that are left wait, later and later, for as long as the connection lives: whoever did not answer it
 * would hardly answer them. Used from one event loop.
 */
final class LedgerCatchUp {
  private static final System.Logger LOG = System.getLogger(LedgerCatchUp.class.getName());

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
    return ask(questions, 0, 0, ++round);
  }

  /** Nothing is asked any more. */
  void close() {
    round++;
  }

  private Future<?> ask(List<Supplier<Future<?>>> questions, int at, int tries, int asked) {
    if (at == questions.size()) {
      return Future.succeededFuture();
    }
    return questions
        .get(at)
        .get()
        .onFailure(cause -> {
          LOG.log(DEBUG, "ledger not known now: {0}", cause.getMessage());
          later(lastFirst(questions, at), tries + 1, asked);
        })
        .compose(done -> ask(questions, at + 1, tries, asked));
  }

  /** Those that were not asked before the one that failed, so that it keeps nothing else from being known. */
  private static List<Supplier<Future<?>>> lastFirst(
      List<Supplier<Future<?>>> questions, int failed) {
    List<Supplier<Future<?>>> left =
        new ArrayList<>(questions.subList(failed + 1, questions.size()));
    left.add(questions.get(failed));
    return left;
  }

  private void later(List<Supplier<Future<?>>> left, int tries, int asked) {
    if (asked != round) {
      return;
    }
    var unused = pauses.after(tries).onSuccess(due -> {
      if (asked != round) {
        return;
      }
      if (listens.getAsBoolean()) {
        var unusedToo = ask(left, 0, tries, asked);
      } else {
        later(left, tries, asked);
      }
    });
  }
}
