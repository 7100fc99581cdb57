package io.pacewire.training;

import static java.lang.System.Logger.Level.ERROR;

import io.vertx.core.Future;

/**
 * Sets sessions aside of which nothing can be made, so that each costs itself alone: its batches go on
 * being stored, and a version that can fold them takes it up again. One that has its training keeps it
 * as it was until then. Used from one event loop.
 */
final class SessionsAside {
  private static final System.Logger LOG = System.getLogger(SessionsAside.class.getName());

  private final SessionRepository sessions;
  private final SessionHeads heads;
  private final WriterFolds folds;
  private final TrainingMeters meters;

  SessionsAside(
      SessionRepository sessions, SessionHeads heads, WriterFolds folds, TrainingMeters meters) {
    this.sessions = sessions;
    this.heads = heads;
    this.folds = folds;
    this.meters = meters;
  }

  /** @param what was tried with it */
  Future<Void> put(SessionKey key, String what, Throwable cause) {
    String reason = what + " failed: " + FoldFault.told(cause);
    LOG.log(
        ERROR,
        "session {0} set aside, its batches go on being stored; {1}",
        key.sessionId(),
        reason);
    meters.aside().increment();
    forget(key);
    return sessions.quarantine(key, reason);
  }

  /** The same of what came late of a finished session. */
  Future<Void> leave(SessionKey key, Throwable cause) {
    String reason = "revision failed: " + FoldFault.told(cause);
    LOG.log(
        ERROR,
        "session {0} not revised, its training stays as it was until another version; {1}",
        key.sessionId(),
        reason);
    meters.aside().increment();
    forget(key);
    return sessions.notRevised(key, reason);
  }

  /** What is in memory of a session is half a step, or outdated. */
  void forget(SessionKey key) {
    heads.forget(key);
    folds.remove(key);
  }
}
