package io.pacewire.platform.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pacewire.platform.security.Revocations;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Verifies access tokens (ES256, RFC 7519) with the issuer's published keys ({@link IssuerKeys}). What
 * verified once is remembered by its hash until it runs out; bounded. A signature takes half a millisecond to verify, and a fleet that comes back
 * brings thousands: that is done on a pool of its own, so that an event loop serves whoever is there
 * already. Thread-safe.
 */
public final class TokenVerifier {
  private static final int REMEMBERED = 10_000;
  private static final int MAX_TOKEN_CHARS = 8_192;
  private static final String POOL = "pacewire-tokens";
  private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  /** What these threads do in some seconds: whoever comes then is to come again. */
  private static final int MOST_WAITING = 10_000;

  /** Where signatures are verified. */
  private interface Workplace {
    Future<JwtPrincipal> run(Callable<JwtPrincipal> check);
  }

  private final TokenSettings settings;
  private final IssuerKeys keys;
  private final InstantSource clock;
  private final Predicate<JwtPrincipal> revoked;
  private final Workplace workplace;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Map<UUID, JwtPrincipal> remembered = new LinkedHashMap<>() {
    @Override
    protected boolean removeEldestEntry(Map.Entry<UUID, JwtPrincipal> eldest) {
      return size() > REMEMBERED;
    }
  };

  private TokenVerifier(
      TokenSettings settings,
      IssuerKeys keys,
      InstantSource clock,
      Predicate<JwtPrincipal> revoked,
      Workplace workplace) {
    this.settings = settings;
    this.keys = keys;
    this.clock = clock;
    this.revoked = revoked;
    this.workplace = workplace;
  }

  TokenVerifier(Vertx vertx, TokenSettings settings, InstantSource clock) {
    this(
        settings,
        IssuerKeys.published(RoleClient.create(vertx), settings.jwksUrl(), clock),
        clock,
        principal -> false,
        pool(vertx));
  }

  public static TokenVerifier create(Vertx vertx, TokenSettings settings) {
    return new TokenVerifier(vertx, settings, InstantSource.system());
  }

  /** For who lets devices and browsers in: what was revoked meanwhile is refused. */
  public static TokenVerifier create(Vertx vertx, TokenSettings settings, Revocations revocations) {
    return create(vertx, settings, revocations, InstantSource.system());
  }

  /** @param clock by which tokens expire and keys are asked for again */
  public static TokenVerifier create(
      Vertx vertx, TokenSettings settings, Revocations revocations, InstantSource clock) {
    Predicate<JwtPrincipal> revoked =
        principal -> revocations.covers(principal.deviceId(), principal.issuedAtMs())
            || revocations.covers(principal.sessionId(), principal.issuedAtMs());
    return new TokenVerifier(
        settings,
        IssuerKeys.published(RoleClient.create(vertx), settings.jwksUrl(), clock),
        clock,
        revoked,
        pool(vertx));
  }

  private static Workplace pool(Vertx vertx) {
    WorkerExecutor pool = vertx.createSharedWorkerExecutor(POOL, THREADS);
    return check -> pool.executeBlocking(check, false);
  }

  /** For the issuer, which has its keys at hand and asks nobody for them. */
  public static TokenVerifier withKeys(TokenSettings settings, JsonObject jwks) {
    return new TokenVerifier(
        settings,
        IssuerKeys.at(KeySet.parse(jwks)),
        InstantSource.system(),
        principal -> false,
        TokenVerifier::here);
  }

  /** The issuer's requests come one by one, from who types. */
  private static Future<JwtPrincipal> here(Callable<JwtPrincipal> check) {
    try {
      return Future.succeededFuture(check.call());
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }

  /** Fails as long as no keys of the issuer's are known: then no token can be told to be good. */
  public Future<Void> knowsKeys() {
    return keys.known();
  }

  /** Fails with a {@link ProblemException}: 401 for a token that is not good, 503 without keys. */
  public Future<JwtPrincipal> verify(String token) {
    return identify(token, work -> elsewhere(work)).compose(this::unlessRevoked);
  }

  /**
   * As {@link #verify(String)}, for whoever is not known yet: a signature is only verified as far as
   * {@code strangers} lets the address have it.
   */
  public Future<JwtPrincipal> verify(String token, Strangers strangers, String address) {
    return identify(
            token,
            work -> strangers.verify(address, TokenVerifier::isForged, () -> elsewhere(work)))
        .compose(this::unlessRevoked);
  }

  private Future<JwtPrincipal> unlessRevoked(JwtPrincipal principal) {
    return revoked.test(principal)
        ? Future.failedFuture(refused(TokenRefusals.REVOKED))
        : Future.succeededFuture(principal);
  }

  private static boolean isForged(Throwable failure) {
    return failure instanceof ProblemException expected
        && TokenRefusals.FORGED.equals(expected.problem().detail());
  }

  /** What costs little comes first: a signature is verified of nothing that would be refused anyway. */
  private Future<JwtPrincipal> identify(String token, Workplace place) {
    if (token.length() > MAX_TOKEN_CHARS) {
      return Future.failedFuture(refused(TokenRefusals.TOO_LONG));
    }
    UUID hash = hash(token);
    JwtPrincipal known = recall(hash);
    if (known != null) {
      return Future.succeededFuture(known);
    }
    SignedToken read;
    try {
      read = SignedToken.parse(token);
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(refused(TokenRefusals.MALFORMED));
    }
    try {
      JwtPrincipal claimed = TokenClaims.check(read.claims(), settings, clock.instant());
      return keys.find(read.keyId())
          .compose(key -> place.run(() -> believe(read, key, claimed)))
          .map(principal -> remember(hash, principal));
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(refused(String.valueOf(e.getMessage())));
    }
  }

  private Future<JwtPrincipal> elsewhere(Callable<JwtPrincipal> check) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      return Future.failedFuture(new ProblemException(Problem.unavailable(TokenRefusals.BUSY)));
    }
    return workplace.run(check).onComplete(done -> waiting.decrementAndGet());
  }

  private static JwtPrincipal believe(SignedToken token, PublicKey key, JwtPrincipal claimed) {
    if (!token.isSignedBy(key)) {
      throw refused(TokenRefusals.FORGED);
    }
    return claimed;
  }

  private synchronized @Nullable JwtPrincipal recall(UUID hash) {
    JwtPrincipal known = remembered.get(hash);
    if (known != null && known.expiresAtMs() <= clock.millis()) {
      remembered.remove(hash);
      return null;
    }
    return known;
  }

  private synchronized JwtPrincipal remember(UUID hash, JwtPrincipal principal) {
    remembered.put(hash, principal);
    return principal;
  }

  /**
   * So that no heap dump holds tokens that are still good. Half of a SHA-256: what is looked up with it
   * was signed by the issuer, so a second one with the same would have to be found for that.
   */
  private static UUID hash(String token) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
      ByteBuffer half = ByteBuffer.wrap(hash);
      return new UUID(half.getLong(), half.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static ProblemException refused(String detail) {
    return new ProblemException(Problem.unauthorized(detail));
  }
}
