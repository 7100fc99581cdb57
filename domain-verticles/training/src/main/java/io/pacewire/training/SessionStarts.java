package io.pacewire.training;

import io.pacewire.track.Figures;
import io.pacewire.training.StartRepository.Begun;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells that trainings began, of all sessions of a poll at once. */
final class SessionStarts {
  /** After so much of a recording nobody waits for a start mark. */
  private static final double NO_START_S = 60;

  private final StartRepository repository;

  SessionStarts(StartRepository repository) {
    this.repository = repository;
  }

  /** Of whom it cannot be told, and why. */
  record Untold(WriterFold fold, Throwable cause) {}

  /** Told once of each session, whoever tells it. Completes with those of whom no database takes it. */
  Future<List<Untold>> tell(List<WriterFold> advanced) {
    List<WriterFold> due = new ArrayList<>();
    List<Untold> untold = new ArrayList<>();
    for (WriterFold fold : advanced) {
      try {
        if (!fold.isStartTold() && FoldFault.within(() -> isKnown(fold))) {
          due.add(fold);
        }
      } catch (FoldFault e) {
        untold.add(new Untold(fold, e));
      }
    }
    return Future.<Void>succeededFuture()
        .compose(begun -> tellAll(due))
        .recover(cause ->
            FoldFault.isOfSession(cause) ? tellEach(due, untold) : Future.failedFuture(cause))
        .map(told -> {
          due.forEach(WriterFold::startTold);
          return untold;
        });
  }

  /** A hub may be heard before the phone says what sport it is. */
  private static boolean isKnown(WriterFold fold) {
    Figures figures = fold.sequence().state().figures();
    return figures.startAtEpochMs() != 0
        && (fold.sequence().state().started() || figures.elapsedS() >= NO_START_S);
  }

  private Future<Void> tellAll(List<WriterFold> folds) {
    Map<SessionKey, Begun> begun = new LinkedHashMap<>();
    for (WriterFold fold : folds) {
      Figures figures = fold.sequence().state().figures();
      begun.computeIfAbsent(
          fold.key().session(),
          key -> FoldFault.within(() -> new Begun(
              figures.sport(),
              figures.timeZone(),
              figures.startAtEpochMs(),
              TrainingFacts.started(fold.head(), figures))));
    }
    return repository.tell(begun);
  }

  private Future<Void> tellEach(List<WriterFold> folds, List<Untold> untold) {
    return InTurn.each(
        folds,
        fold -> Future.<Void>succeededFuture()
            .compose(begun -> tellAll(List.of(fold)))
            .recover(cause -> {
              if (!FoldFault.isOfSession(cause)) {
                return Future.failedFuture(cause);
              }
              untold.add(new Untold(fold, cause));
              return Future.succeededFuture();
            }));
  }
}
