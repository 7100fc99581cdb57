package io.pacewire.identity;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Argon2id with the parameters OWASP's cheat sheet names (19 MiB, 2 passes, 1 lane), on a few
 * threads of its own with a bounded queue: hashing is meant to be slow, and must not stall the rest.
 */
final class PasswordHash {
  private static final String NAME = "password-hash";
  private static final int SALT_BYTES = 16;
  private static final Argon2Function ARGON2ID =
      Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);

  private final WorkerExecutor workers;
  private final int mostWaiting;
  private final AtomicInteger waiting = new AtomicInteger();
  private final String nobodysHash;

  /**
   * Hashes once: not on an event loop.
   *
   * @param mostWaiting how many may hash or wait for it; whoever comes then is told to come again
   */
  PasswordHash(Vertx vertx, int threads, int mostWaiting) {
    this.workers = vertx.createSharedWorkerExecutor(NAME, threads);
    this.mostWaiting = mostWaiting;
    this.nobodysHash = compute(Secrets.next());
  }

  Future<String> hash(String password) {
    return run(() -> compute(password));
  }

  /** By the parameters the hash was made with, so that they can be raised some day. */
  Future<Boolean> matches(String password, String hash) {
    return run(() -> Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash)));
  }

  /** Takes as long as a real comparison, so that time does not tell whether an account exists. */
  Future<Boolean> matchesNobody(String password) {
    return matches(password, nobodysHash).map(false);
  }

  Future<Void> close() {
    return workers.close();
  }

  private static String compute(String password) {
    return Password.hash(password).addRandomSalt(SALT_BYTES).with(ARGON2ID).getResult();
  }

  private <T> Future<T> run(Callable<T> work) {
    if (waiting.incrementAndGet() > mostWaiting) {
      waiting.decrementAndGet();
      return Future.failedFuture(
          new ProblemException(Problem.unavailable("too many sign-ins at once")));
    }
    return workers.executeBlocking(work, false).onComplete(done -> waiting.decrementAndGet());
  }
}
