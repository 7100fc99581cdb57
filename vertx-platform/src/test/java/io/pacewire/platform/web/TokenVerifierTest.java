package io.pacewire.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {
  private static final UUID ATHLETE = UUID.fromString("0190a000-0000-7000-8000-000000000001");
  private static final UUID DEVICE = UUID.fromString("0190a000-0000-7000-8000-000000000002");

  private final Vertx vertx = Vertx.vertx();
  private final TestIssuer issuer = new TestIssuer();
  private Instant now = Instant.parse("2026-05-01T10:00:00Z");
  private KeyPair key;
  private TokenVerifier verifier;

  @BeforeEach
  void start() throws Exception {
    key = issuer.publish("one");
    get(issuer.listen(vertx));
    verifier = new TokenVerifier(vertx, issuer.settings(), () -> now);
  }

  @AfterEach
  void close() throws Exception {
    get(vertx.close());
  }

  @Test
  void aGoodToken_saysWhoItSpeaksFor() throws Exception {
    JwtPrincipal principal = get(verifier.verify(signed(claims())));
    assertThat(principal.subject()).isEqualTo(ATHLETE);
    assertThat(principal.deviceId()).isEqualTo(DEVICE);
    assertThat(principal.tenant()).isEqualTo("public");
    assertThat(principal.scopes()).containsExactlyInAnyOrder("athlete", "ingest");
    assertThat(principal.sessionId()).isNull();
    assertThat(principal.expiresAtMs()).isEqualTo(now.plusSeconds(600).toEpochMilli());
  }

  @Test
  void aSignature_isNotVerifiedOnTheEventLoop_butTheAnswerComesBackToIt() throws Exception {
    String known = signed(claims());
    JwtPrincipal unused = get(verifier.verify(known)); // so that keys are there
    List<String> fresh = new ArrayList<>();
    for (int i = 0; i < 100; i++) { // more than another thread verifies while these are asked about
      fresh.add(signed(claims().put("jti", "another" + i)));
    }
    Promise<List<Boolean>> seen = Promise.promise();
    Context loop = vertx.getOrCreateContext();
    loop.runOnContext(turn -> {
      boolean knownAtOnce = verifier.verify(known).isComplete();
      List<Future<JwtPrincipal>> asked = fresh.stream().map(verifier::verify).toList();
      boolean freshAtOnce = asked.stream().allMatch(Future::isComplete);
      Future.all(asked)
          .onComplete(done -> seen.complete(
              List.of(knownAtOnce, freshAtOnce, done.succeeded(), Vertx.currentContext() == loop)));
    });
    assertThat(get(seen.future())).containsExactly(true, false, true, true);
  }

  /** One fetch of keys serves all who wait for it, each on the event loop of its connection. */
  @Test
  void whoWaitsForKeys_goesOnWhereItAsked() throws Exception {
    Promise<Void> keys = Promise.promise();
    issuer.answersAfter(keys.future());
    List<Future<Boolean>> atHome = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String token = signed(claims().put("jti", "n" + i));
      Context loop = ((VertxInternal) vertx).createEventLoopContext();
      Promise<Boolean> seen = Promise.promise();
      atHome.add(seen.future());
      loop.runOnContext(turn -> verifier
          .verify(token)
          .onComplete(done -> seen.complete(done.succeeded() && Vertx.currentContext() == loop)));
    }
    keys.complete();
    for (Future<Boolean> one : atHome) {
      assertThat(get(one)).isTrue();
    }
    assertThat(issuer.fetches()).isEqualTo(1);
  }

  @Test
  void theAudience_mayBeOneOfSeveral() throws Exception {
    String token = signed(claims().put("aud", new JsonArray().add("other").add("pacewire")));
    assertThat(get(verifier.verify(token)).subject()).isEqualTo(ATHLETE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"iss", "aud", "sub", "exp"})
  void aToken_withoutAClaimItNeeds_isRefused(String claim) throws Exception {
    JsonObject claims = claims();
    claims.remove(claim);
    assertRefused(signed(claims));
    assertRefused(signed(claims().put(claim, "another's")));
  }

  @Test
  void aToken_isGoodInItsTimeOnly_withLeeway() throws Exception {
    String token = signed(claims().put("nbf", now.getEpochSecond() + 20));
    assertThat(get(verifier.verify(token))).isNotNull();
    now = now.plusSeconds(629);
    assertThat(get(verifier.verify(token))).isNotNull();
    now = now.plusSeconds(1);
    assertRefused(token);
    assertRefused(signed(claims().put("nbf", now.getEpochSecond() + 31)));
  }

  @Test
  void aToken_signedByNobodyOrSomebodyElse_isRefused() throws Exception {
    assertRefused(TestIssuer.sign(TestIssuer.keyPair(), "one", claims()));
    String unsigned = TestIssuer.encoded(new JsonObject().put("alg", "none").put("kid", "one"))
        + "."
        + TestIssuer.encoded(claims())
        + ".";
    assertRefused(unsigned);
    assertRefused(
        TestIssuer.sign(key, new JsonObject().put("alg", "HS256").put("kid", "one"), claims()));
    String good = signed(claims());
    String zeros = good.substring(0, good.lastIndexOf('.') + 1) + "A".repeat(86);
    assertRefused(zeros);
  }

  /** An issuer that publishes nothing, or answers with an error, must not open the door. */
  @Test
  void withoutKeys_nobodyIsBelieved() throws Exception {
    issuer.withdrawAll();
    String unsigned = TestIssuer.encoded(new JsonObject().put("alg", "none").put("kid", "one"))
        + "."
        + TestIssuer.encoded(claims())
        + ".";
    assertStatus(401, () -> get(verifier.verify(unsigned)));
    assertStatus(503, () -> get(verifier.verify(signed(claims()))));
    issuer.publish("one");
    issuer.status = 500;
    assertStatus(503, () -> get(verifier.verify(signed(claims()))));
  }

  @Test
  void anUnknownKey_isAskedFor_atMostEveryTenSeconds() throws Exception {
    assertThat(get(verifier.verify(signed(claims())))).isNotNull();
    assertThat(issuer.fetches()).isEqualTo(1);
    String early = TestIssuer.sign(issuer.publish("two"), "two", claims());
    assertRefused(early);
    assertRefused(early);
    assertThat(issuer.fetches()).isEqualTo(1);
    now = now.plus(Duration.ofSeconds(11));
    assertThat(get(verifier.verify(early)).subject()).isEqualTo(ATHLETE);
    assertThat(issuer.fetches()).isEqualTo(2);
  }

  @Test
  void aNewKey_isWaitedFor_byAllWhoBringIt() throws Exception {
    assertThat(get(verifier.verify(signed(claims())))).isNotNull();
    KeyPair two = issuer.publish("two");
    now = now.plus(Duration.ofSeconds(11));
    Promise<Void> keys = Promise.promise();
    issuer.answersAfter(keys.future());
    List<Future<JwtPrincipal>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(verifier.verify(TestIssuer.sign(two, "two", claims().put("jti", "n" + i))));
    }
    keys.complete();
    for (Future<JwtPrincipal> one : all) {
      assertThat(get(one).subject()).isEqualTo(ATHLETE);
    }
    assertThat(issuer.fetches()).isEqualTo(2);
  }

  @Test
  void whereKeysCannotBeAskedFor_aNewOneIsNotCalledUnknown() throws Exception {
    assertThat(get(verifier.verify(signed(claims())))).isNotNull();
    String early = TestIssuer.sign(issuer.publish("two"), "two", claims());
    now = now.plus(Duration.ofSeconds(11));
    issuer.status = 503;
    assertStatus(503, () -> get(verifier.verify(early)));
    assertStatus(503, () -> get(verifier.verify(early)));
    assertThat(issuer.fetches()).as("and not asked for each time").isEqualTo(2);
  }

  @Test
  void knownKeysHold_whileTheIssuerIsAway() throws Exception {
    assertThat(get(verifier.verify(signed(claims())))).isNotNull();
    issuer.status = 503;
    now = now.plus(Duration.ofMinutes(6));
    assertThat(get(verifier.verify(signed(claims().put("jti", "next"))))).isNotNull();
  }

  /** No signature is verified of what has run out, is another's, or names a key that nobody has. */
  @Test
  void onlyAForgedSignature_countsAgainstItsAddress_andKnownTokensAreNotHeldUp() throws Exception {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Strangers strangers = new Strangers(1, () -> 0, meters, "test");
    String good = signed(claims());
    assertThat(get(verifier.verify(good, strangers, "192.0.2.1"))).isNotNull();
    KeyPair another = TestIssuer.keyPair();
    for (int i = 0; i < 100; i++) {
      JsonObject claims = claims().put("jti", "" + i);
      String old = TestIssuer.sign(another, "one", claims.copy().put("exp", 1));
      String foreign = TestIssuer.sign(another, "one", claims.copy().put("iss", "x"));
      String unknown = TestIssuer.sign(another, "none", claims);
      for (String cheap : List.of(old, foreign, unknown, "x.y.z")) {
        assertStatus(401, () -> get(verifier.verify(cheap, strangers, "192.0.2.1")));
      }
    }
    String forged = TestIssuer.sign(another, "one", claims());
    for (int i = 0; i < 10 + Strangers.RESERVE_TIMES; i++) {
      assertStatus(401, () -> get(verifier.verify(forged, strangers, "192.0.2.1")));
    }
    assertStatus(503, () -> get(verifier.verify(forged, strangers, "192.0.2.1")));
    assertThat(get(verifier.verify(good, strangers, "192.0.2.1"))).isNotNull();
    assertThat(meters
            .counter("pacewire.tokens.strangers", "role", "test", "what", "forged")
            .count())
        .isEqualTo(15);
  }

  @Test
  void aTokenThatVerifiedOnce_isRemembered() throws Exception {
    String token = signed(claims());
    JwtPrincipal first = get(verifier.verify(token));
    assertThat(get(verifier.verify(token))).isSameAs(first);
  }

  /** Fixed seed: bytes changed anywhere in a good token give a refusal and nothing else. */
  @Test
  void whateverIsMangled_isRefused() throws Exception {
    assertThat(get(verifier.verify(signed(claims())))).isNotNull();
    Random random = new Random(7);
    String alphabet = "AZaz09-_. {}\"\u00e9";
    for (int i = 0; i < 500; i++) {
      StringBuilder token = new StringBuilder(signed(claims().put("jti", "" + i)));
      int cut = token.length() - 2; // the last character carries bits that mean nothing
      int at = random.nextInt(cut);
      char other = alphabet.charAt(random.nextInt(alphabet.length()));
      if (token.charAt(at) != other) {
        token.setCharAt(at, other);
        assertRefused(random.nextInt(4) == 0 ? token.substring(0, at) : token.toString());
      }
    }
    assertRefused("");
    assertRefused("..");
    assertRefused("x".repeat(9_000));
  }

  private JsonObject claims() {
    return new JsonObject()
        .put("iss", "pacewire")
        .put("aud", "pacewire")
        .put("sub", ATHLETE.toString())
        .put("did", DEVICE.toString())
        .put("tid", "public")
        .put("scope", "athlete ingest")
        .put("exp", now.getEpochSecond() + 600);
  }

  private String signed(JsonObject claims) throws Exception {
    return TestIssuer.sign(key, "one", claims);
  }

  private void assertRefused(String token) {
    assertStatus(401, () -> get(verifier.verify(token)));
  }

  private static void assertStatus(int status, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            ProblemException.class,
            failure ->
                assertThat(failure.problem().status()).as(failure.getMessage()).isEqualTo(status));
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
