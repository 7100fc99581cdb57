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
  private static final Argon2Function ARGON2ID =
      Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);

  private static final int MAX_WAITING = 200;

  private final WorkerExecutor workers;
  private final AtomicInteger waiting = new AtomicInteger();
  private final String nobodysHash;

  PasswordHash(Vertx vertx, int threads) {
    this.workers = vertx.createSharedWorkerExecutor("password-hash", threads);
    this.nobodysHash =
        Password.hash("nobody's").addRandomSalt(16).with(ARGON2ID).getResult();
  }

  Future<String> hash(String password) {
    return run(() -> Password.hash(password).addRandomSalt(16).with(ARGON2ID).getResult());
  }

  Future<Boolean> matches(String password, String hash) {
    return run(() -> Password.check(password, hash).with(ARGON2ID));
  }

  /** Takes as long as a real comparison, so that time does not tell whether an account exists. */
  Future<Boolean> matchesNobody(String password) {
    return matches(password, nobodysHash).map(false);
  }

  private <T> Future<T> run(Callable<T> work) {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      waiting.decrementAndGet();
      return Future.failedFuture(
          new ProblemException(Problem.unavailable("too many sign-ins at once")));
    }
    return workers.executeBlocking(work, false).onComplete(done -> waiting.decrementAndGet());
  }
}
