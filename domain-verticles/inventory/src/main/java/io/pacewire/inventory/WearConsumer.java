package io.pacewire.inventory;

import io.pacewire.events.AccountRegistered;
import io.pacewire.events.TrainingChanged;
import io.vertx.core.Future;

/** What facts of others do to gear. A fact may come twice, and late. */
final class WearConsumer {
  private final WearBook book;

  WearConsumer(WearBook book) {
    this.book = book;
  }

  Future<Void> handle(Record fact) {
    if (fact instanceof AccountRegistered account) {
      return book.welcome(account.athleteId());
    }
    if (fact instanceof TrainingChanged change) {
      return change
          .counting()
          .map(figures -> book.book(
              change.athleteId(),
              change.trainingId(),
              change.revision(),
              figures.sport(),
              figures.distanceM()))
          .orElseGet(
              () -> book.takeBack(change.athleteId(), change.trainingId(), change.revision()));
    }
    return Future.succeededFuture();
  }
}
