package io.pacewire.platform.web;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.security.PublicKey;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys that an issuer signs tokens with. They are fetched when first needed, every five minutes, and
 * at most every ten seconds for a token whose key is not known; an issuer that is away leaves the known
 * ones in force. Thread-safe.
 */
final class IssuerKeys {
  private static final long REFETCH_MS = 10_000;
  private static final long KEYS_OLD_MS = 300_000;
  private static final long FETCH_TIMEOUT_MS = 5_000;

  private final Supplier<Future<KeySet>> source;
  private final InstantSource clock;
  private @Nullable KeySet keys;
  private long triedAtMs = Long.MIN_VALUE / 2;
  private @Nullable Future<KeySet> fetching;

  private IssuerKeys(Supplier<Future<KeySet>> source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  /** As a JSON Web Key Set (RFC 7517) behind a URL. */
  static IssuerKeys published(WebClient client, String url, InstantSource clock) {
    return new IssuerKeys(
        () -> client.getAbs(url).timeout(FETCH_TIMEOUT_MS).send().map(IssuerKeys::read), clock);
  }

  /** For the issuer itself. */
  static IssuerKeys at(KeySet known) {
    return new IssuerKeys(() -> Future.succeededFuture(known), InstantSource.system());
  }

  /** Fails with a {@link ProblemException}: 401 for a key nobody has, 503 as long as none are known or the last
   * time they were asked for failed, and this one is not among those that are. */
  Future<PublicKey> find(String keyId) {
    KeySet known;
    Future<KeySet> last;
    long idleMs;
    synchronized (this) {
      known = keys;
      last = fetching;
      idleMs = clock.millis() - triedAtMs;
    }
    if (known == null) {
      return onCaller(fetch()).map(fresh -> find(fresh, keyId));
    }
    Optional<PublicKey> key = known.find(keyId);
    if (key.isPresent()) {
      if (idleMs > KEYS_OLD_MS) {
        var unused = fetch(); // meanwhile, and should it fail, the known ones hold
      }
      return Future.succeededFuture(key.get());
    }
    // Who asks while keys are fetched waits for them, too; and where that failed nobody knows what
    // keys there are.
    Future<KeySet> asked = last == null || idleMs > REFETCH_MS ? fetch() : last;
    return onCaller(asked).map(fresh -> find(fresh, keyId));
  }

  /** Fails as long as none are known, and asks for them. */
  Future<Void> known() {
    KeySet known;
    synchronized (this) {
      known = keys;
    }
    return known == null ? onCaller(fetch()).mapEmpty() : Future.succeededFuture();
  }

  /** One fetch serves all who wait, each of them where it asked: a connection belongs to one event loop. */
  private static <T> Future<T> onCaller(Future<T> shared) {
    Context caller = Vertx.currentContext();
    if (caller == null) {
      return shared;
    }
    Promise<T> own = Promise.promise();
    shared.onComplete(done -> caller.runOnContext(turn -> own.handle(done)));
    return own.future();
  }

  private static PublicKey find(KeySet keys, String keyId) {
    return keys.find(keyId).orElseThrow(IssuerKeys::unknownKey);
  }

  private static ProblemException unknownKey() {
    return TokenVerifier.refused(TokenRefusals.UNKNOWN_KEY);
  }

  private synchronized Future<KeySet> fetch() {
    if (fetching == null || fetching.isComplete()) {
      triedAtMs = clock.millis();
      fetching = source
          .get()
          .recover(cause -> Future.failedFuture(
              new ProblemException(Problem.unavailable("keys for tokens are not known now"))))
          .onSuccess(this::adopt);
    }
    return fetching;
  }

  private synchronized void adopt(KeySet fresh) {
    keys = fresh;
  }

  private static KeySet read(HttpResponse<?> response) {
    if (response.statusCode() != 200) {
      throw new IllegalArgumentException("keys: HTTP " + response.statusCode());
    }
    return KeySet.parse(response.bodyAsJsonObject());
  }
}
