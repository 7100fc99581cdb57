package io.pacewire.training;

import static java.lang.System.Logger.Level.ERROR;

import io.pacewire.training.TrainingComposer.Composed;
import io.pacewire.training.TrainingRepository.Told;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Turns what is stored of a session into a training, and into a later revision of every training that
 * has a part of it where more was stored since: one statement writes it, once, with the fact that tells
 * the others.
 */
final class SessionFinisher {
  private static final System.Logger LOG = System.getLogger(SessionFinisher.class.getName());

  private final TrainingComposer composer;
  private final TrainingRepository trainings;
  private final SessionRepository sessions;
  private final TrainingLines lines;

  SessionFinisher(
      TrainingComposer composer,
      TrainingRepository trainings,
      SessionRepository sessions,
      TrainingLines lines) {
    this.lines = lines;
    this.composer = composer;
    this.trainings = trainings;
    this.sessions = sessions;
  }

  /**
   * Completes with the training that holds now, or with nothing where the session has no sample that
   * could make one.
   */
  Future<Optional<Training>> finish(SessionHead head) {
    return finish(head, false);
  }

  /**
   * The same of a session that fell silent. Fails with an {@link OvertakenException} where it was not
   * finished yet, and anything was noted of it since {@code head} was read.
   */
  Future<Optional<Training>> finishSilent(SessionHead head) {
    return finish(head, head.state() == SessionHead.State.LIVE);
  }

  private Future<Optional<Training>> finish(SessionHead head, boolean ifSilent) {
    UUID athlete = head.key().athleteId();
    UUID own = TrainingId.of(head.key()).value();
    Future<Optional<Training>> current = current(head, own, ifSilent);
    // What its own training fails for may be another recording that was merged into it.
    return current.transform(done -> done.failed() && !FoldFault.isOfSession(done.cause())
        ? current
        : trainings
            .listMadeOf(head.key())
            .compose(others -> bringUpToDate(athlete, others))
            .compose(brought -> current));
  }

  private Future<Optional<Training>> current(SessionHead head, UUID id, boolean ifSilent) {
    UUID athlete = head.key().athleteId();
    // What is held is read before the chunks are: should somebody write a revision in between, ours
    // does not fit and is made anew, so a later revision never knows less than an earlier one.
    return trainings
        .find(athlete, id)
        .compose(held -> held.isPresent()
            ? late(athlete, held.get()).compose(training -> closed(head).map(Optional.of(training)))
            : first(head, id, ifSilent));
  }

  /** A first revision closes its session; one that was written while it was set aside did not. */
  private Future<Void> closed(SessionHead head) {
    return head.state() == SessionHead.State.LIVE
        ? sessions.close(head.key())
        : Future.succeededFuture();
  }

  private Future<Optional<Training>> first(SessionHead head, UUID id, boolean ifSilent) {
    UUID athlete = head.key().athleteId();
    Recipe recipe = Recipe.whole(head.key().sessionId());
    return composer.composeFirst(athlete, id, recipe).compose(composed -> {
      if (!composed.hasContent()) {
        return (ifSilent ? sessions.closeSilent(head) : sessions.close(head.key()))
            .map(Optional.<Training>empty());
      }
      Training training = composed.training(
          TrainingFacts.FIRST_REVISION, Training.FINISHED, Origin.of(composed.recipe()));
      Told told = told(athlete, training, composed);
      return (ifSilent
              ? trainings.insertOfSilent(head, told)
              : trainings.insertRevision(athlete, told))
          .compose(written -> written
              ? lines.keep(athlete, training, composed.folded()).map(Optional.of(training))
              : current(head, id, ifSilent));
    });
  }

  private Future<Void> bringUpToDate(UUID athlete, List<UUID> ids) {
    Future<Void> chain = Future.succeededFuture();
    for (UUID id : ids) {
      chain = chain.compose(done -> trainings
          .find(athlete, id)
          .compose(held -> held.isPresent()
              ? late(athlete, held.get()).<Void>mapEmpty()
              : Future.succeededFuture())
          .recover(cause -> leave(id, cause)));
    }
    return chain;
  }

  /**
   * Another recording may be what it fails for: the one that more came of does not wait for it. The
   * training says what it said, until it is computed anew.
   */
  private static Future<Void> leave(UUID id, Throwable cause) {
    if (!FoldFault.isOfSession(cause)) {
      return Future.failedFuture(cause);
    }
    LOG.log(ERROR, "training {0} stays as it was; {1}", id, FoldFault.told(cause));
    return Future.succeededFuture();
  }

  /** What comes of a recording that was let go changes nothing. */
  private Future<Training> late(UUID athlete, Training held) {
    return refresh(athlete, held, "late-batches")
        .recover(cause ->
            RecordingGone.is(cause) ? Future.succeededFuture(held) : Future.failedFuture(cause));
  }

  /**
   * Makes the next revision of a training from its recipe, as its chunks and the algorithm are now.
   * Completes with what is held where that says the same.
   *
   * @param why told with what changed
   */
  Future<Training> refresh(UUID athlete, Training held, String why) {
    return refresh(athlete, held, why, KeyedAnswer.none());
  }

  /** @param answer kept with the revision, where one is written */
  Future<Training> refresh(UUID athlete, Training held, String why, KeyedAnswer answer) {
    return composer.compose(athlete, held.trainingId(), held.recipe()).compose(composed -> {
      Training next = next(held, composed);
      if (FoldFault.within(() -> held.saysTheSameAs(next))) {
        return Future.succeededFuture(held);
      }
      Training told = FoldFault.within(() -> next.of(held.origin()
          .changed(
              new JsonObject().put("kind", why).put("diff", TrainingDiff.between(held, next)))));
      return trainings
          .insertRevision(athlete, told(athlete, told, composed), answer)
          .compose(written -> written
              ? lines.keep(athlete, told, composed.folded()).map(told)
              : trainings
                  .find(athlete, held.trainingId())
                  .compose(newer -> refresh(athlete, newer.orElse(held), why, answer)));
    });
  }

  /** What {@link #refresh} would complete with, without any revision or fact. */
  Future<Training> preview(UUID athlete, Training held) {
    return composer.compose(athlete, held.trainingId(), held.recipe()).map(composed -> {
      Training next = next(held, composed);
      return FoldFault.within(() -> held.saysTheSameAs(next)) ? held : next;
    });
  }

  private static Training next(Training held, Composed composed) {
    return composed.training(held.revision() + 1, held.status(), held.origin());
  }

  private static Told told(UUID athlete, Training training, Composed composed) {
    return FoldFault.within(() -> new Told(
        training,
        training.counts()
            ? TrainingFacts.told(athlete, training, composed.figures())
            : TrainingFacts.takenBack(athlete, training, "more of it came"),
        composed.print()));
  }
}
