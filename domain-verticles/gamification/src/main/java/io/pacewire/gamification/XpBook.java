package io.pacewire.gamification;

import io.pacewire.events.AccountRegistered;
import io.pacewire.events.EventTopics;
import io.pacewire.events.TrainingChanged;
import io.pacewire.events.TrainingFigures;
import io.pacewire.events.XpAwarded;
import io.pacewire.gamification.XpLedger.Entry;
import io.pacewire.platform.events.EventEnvelope;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** What facts of others are worth: first the ledger, then the boards. A fact may come twice, and late. */
final class XpBook {
  private final XpLedger ledger;
  private final LeaderboardStore boards;
  private final InstantSource clock;

  XpBook(XpLedger ledger, LeaderboardStore boards, InstantSource clock) {
    this.ledger = ledger;
    this.boards = boards;
    this.clock = clock;
  }

  Future<Void> handle(Record fact) {
    if (fact instanceof AccountRegistered account) {
      return ledger.putName(account.athleteId(), account.displayName());
    }
    if (fact instanceof TrainingChanged change) {
      return change
          .counting()
          .map(figures -> book(change, figures))
          .orElseGet(() -> takeBack(change));
    }
    return Future.succeededFuture();
  }

  private Future<Void> book(TrainingChanged change, TrainingFigures figures) {
    return put(new Entry(
        change.athleteId(),
        change.trainingId(),
        change.revision(),
        XpRules.award(figures.distanceM(), figures.movingS()),
        figures.distanceM(),
        XpRules.week(figures.startAtMs(), figures.timeZone())));
  }

  /** Keeps its place in the ledger with nothing in it, so that a late older revision stays out. */
  private Future<Void> takeBack(TrainingChanged change) {
    UUID athleteId = change.athleteId();
    return ledger.list(athleteId, change.trainingId()).compose(known -> {
      String week =
          known.isEmpty() ? XpRules.week(clock.millis(), "UTC") : known.get(0).week();
      return put(new Entry(athleteId, change.trainingId(), change.revision(), 0, 0, week));
    });
  }

  private Future<Void> put(Entry entry) {
    return ledger.put(entry, this::fact).compose(weeks -> show(entry.athleteId(), weeks));
  }

  private Future<Void> show(UUID athleteId, List<String> weeks) {
    Future<Void> shown = Future.succeededFuture();
    for (String week : weeks) {
      shown = shown.compose(done -> ledger.weekTotal(athleteId, week)).compose(boards::put);
    }
    return shown;
  }

  private EventEnvelope fact(Entry entry) {
    return EventEnvelope.of(
        EventTopics.ACHIEVEMENT,
        entry.athleteId(),
        "xp/" + entry.athleteId() + "/" + entry.trainingId() + "/" + entry.revision(),
        clock.millis(),
        new XpAwarded(
            entry.athleteId(), entry.trainingId(), entry.revision(), entry.xp(), entry.week()));
  }
}
