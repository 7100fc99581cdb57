package io.pacewire.inventory;

import io.pacewire.events.AccountRegistered;
import io.pacewire.events.TrainingDeleted;
import io.pacewire.events.TrainingFinished;
import io.pacewire.events.TrainingRejected;
import io.pacewire.events.TrainingRestored;
import io.pacewire.events.TrainingRevised;
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
    if (fact instanceof TrainingFinished one) {
      return book.book(
          one.athleteId(),
          one.trainingId(),
          one.revision(),
          one.figures().sport(),
          one.figures().distanceM());
    }
    if (fact instanceof TrainingRevised one) {
      return book.book(
          one.athleteId(),
          one.trainingId(),
          one.revision(),
          one.figures().sport(),
          one.figures().distanceM());
    }
    if (fact instanceof TrainingRestored one) {
      return book.book(
          one.athleteId(),
          one.trainingId(),
          one.revision(),
          one.figures().sport(),
          one.figures().distanceM());
    }
    if (fact instanceof TrainingRejected one) {
      return book.takeBack(one.athleteId(), one.trainingId(), one.revision());
    }
    if (fact instanceof TrainingDeleted one) {
      return book.takeBack(one.athleteId(), one.trainingId(), one.revision());
    }
    return Future.succeededFuture();
  }
}
