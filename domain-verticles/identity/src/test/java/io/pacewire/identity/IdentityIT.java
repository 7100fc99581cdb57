package io.pacewire.identity;

import static io.pacewire.identity.IdentityRole.PASSWORD;
import static io.pacewire.identity.IdentityRole.credentials;
import static io.pacewire.identity.IdentityRole.get;
import static io.pacewire.identity.IdentityRole.registration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.stack.StackServer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every flow of the role, over HTTP, on real servers. */
class IdentityIT {
  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  @TempDir
  static Path folder;

  private static IdentityRole role;

  @BeforeAll
  static void start() throws Exception {
    role = new IdentityRole(folder);
  }

  @AfterAll
  static void close() throws Exception {
    role.close();
  }

  @AfterEach
  void now() {
    role.clock.reset(); // tokens from the future are refused
  }

  @Test
  void anAthlete_registersSignsInAndIsKnown() throws Exception {
    String email = role.registered();
    JsonObject tokens = role.login(email);
    JsonObject me = me(tokens.getString("accessToken")).bodyAsJsonObject();
    assertThat(me.getString("athleteId")).isEqualTo(tokens.getString("athleteId"));
    assertThat(me.getString("email")).isEqualTo(email);
    assertThat(me.getString("displayName")).isEqualTo("Maria");
    assertThat(me.getString("timeZone")).isEqualTo("Europe/Berlin");
    assertThat(me.fieldNames()).doesNotContain("passwordHash", "password");

    JsonObject change = new JsonObject().put("displayName", "Maria L").put("maxHeartRateBpm", 188);
    JsonObject changed = role.as(
            tokens.getString("accessToken"), HttpMethod.PATCH, "/v1/me", change)
        .bodyAsJsonObject();
    assertThat(changed.getString("displayName")).isEqualTo("Maria L");
    assertThat(changed.getInteger("maxHeartRateBpm")).isEqualTo(188);
    assertThat(changed.getString("locale")).as("what is not sent stays").isEqualTo("en");
  }

  @Test
  void anAddressThatIsTaken_isAConflict_whateverItsCase_andSentAtOnce() throws Exception {
    String email = role.registered();
    assertThat(role.post("/v1/accounts", registration(email.toUpperCase(Locale.ROOT)))
            .statusCode())
        .isEqualTo(409);
    String fresh = "twin-" + UUID.randomUUID() + "@example.org";
    List<Integer> statuses = statuses(IntStream.range(0, 6)
        .mapToObj(i -> role.asking(HttpMethod.POST, "/v1/accounts", Map.of(), registration(fresh)))
        .toList());
    assertThat(statuses).containsExactlyInAnyOrder(201, 409, 409, 409, 409, 409);
  }

  @ParameterizedTest
  @CsvSource({
    "email, 'no address'",
    "email, ",
    "password, 'too short'",
    "password, ",
    "displayName, ''",
    "displayName, 'a\u0000b'",
    "timeZone, 'Mars/Olympus'",
    "timeZone, ",
    "locale, 'tlh'"
  })
  void aFieldThatIsWrong_isNamed(String field, String value) throws Exception {
    JsonObject body = registration("someone-" + UUID.randomUUID() + "@example.org");
    HttpResponse<Buffer> answer = role.post("/v1/accounts", body.put(field, value));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.getHeader("Content-Type")).isEqualTo("application/problem+json");
    JsonObject problem = answer.bodyAsJsonObject();
    assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo(field);
    assertThat(problem.getString("requestId")).isNotBlank();
  }

  @Test
  void wrongPasswords_pauseTheAccount_forAQuarterOfAnHour() throws Exception {
    String email = role.registered();
    assertThat(wrongTries(email, 5)).containsExactly(4, 3, 2, 1, 0);
    HttpResponse<Buffer> paused = role.post("/v1/auth/login", credentials(email, PASSWORD));
    assertThat(paused.statusCode()).as("even with the right one").isEqualTo(429);
    assertThat(Integer.parseInt(paused.getHeader("Retry-After"))).isBetween(890, 900);
    role.clock.forward(Duration.ofMinutes(14));
    assertThat(role.post("/v1/auth/login", credentials(email, PASSWORD)).statusCode())
        .isEqualTo(429);
    role.clock.forward(Duration.ofMinutes(1).plusSeconds(1));
    assertThat(wrongTries(email, 1)).as("begins anew").containsExactly(4);
    assertThat(role.post("/v1/auth/login", credentials(email, PASSWORD)).statusCode())
        .isEqualTo(200);
    assertThat(wrongTries(email, 1)).as("a sign-in clears the count").containsExactly(4);
  }

  @Test
  void anAddressNobodyHas_answersAsOneThatSomebodyHas() throws Exception {
    String nobody = "nobody-" + UUID.randomUUID() + "@example.org";
    assertThat(wrongTries(nobody, 5)).containsExactly(4, 3, 2, 1, 0);
    HttpResponse<Buffer> paused = role.post("/v1/auth/login", credentials(nobody, PASSWORD));
    assertThat(paused.statusCode()).isEqualTo(429);
  }

  @Test
  void guessesSentAtOnce_doNotLetTheRightOneIn() throws Exception {
    String email = role.registered();
    List<Future<HttpResponse<Buffer>>> asked = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      asked.add(login(email, "wrong password " + i, "192.0.2.50"));
    }
    asked.add(login(email, PASSWORD, "192.0.2.50"));
    List<Integer> statuses = statuses(asked);
    assertThat(statuses).doesNotContain(200);
    assertThat(statuses.get(20)).isEqualTo(429);
  }

  @Test
  void manyWrongPasswordsFromOneAddress_pauseThatAddress_notOthers() throws Exception {
    String email = role.registered();
    List<Future<HttpResponse<Buffer>>> asked = new ArrayList<>();
    for (int i = 0; i < LoginRules.TRIES_AN_ADDRESS; i++) {
      asked.add(login("victim-" + i + "@example.org", PASSWORD, "198.51.100.7"));
    }
    assertThat(statuses(asked)).containsOnly(401);
    assertThat(get(login(email, PASSWORD, "198.51.100.7")).statusCode()).isEqualTo(429);
    assertThat(get(login(email, PASSWORD, "198.51.100.8")).statusCode()).isEqualTo(200);
  }

  @Test
  void aRefreshToken_isGoodOnce() throws Exception {
    JsonObject first = role.login(role.registered());
    JsonObject second = role.refresh(first.getString("refreshToken")).bodyAsJsonObject();
    assertThat(second.getString("refreshToken")).isNotEqualTo(first.getString("refreshToken"));
    assertThat(me(second.getString("accessToken")).statusCode()).isEqualTo(200);
    assertThat(role.refresh(second.getString("refreshToken")).statusCode()).isEqualTo(200);
    for (String none : List.of("x", "x.y", ".", "a.", ".b", "null")) {
      assertThat(role.refresh(none).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aRefreshTokenUsedTwice_endsTheSignIn_forThiefAndOwner() throws Exception {
    JsonObject first = role.login(role.registered());
    JsonObject second = role.refresh(first.getString("refreshToken")).bodyAsJsonObject();
    role.clock.forward(LoginRules.SAME_TIME);
    assertThat(role.refresh(first.getString("refreshToken")).statusCode()).isEqualTo(401);
    assertThat(role.refresh(second.getString("refreshToken")).statusCode()).isEqualTo(401);
  }

  @Test
  void anOldRefreshToken_endsTheSignIn_howeverManyCameAfterIt() throws Exception {
    String stolen = role.login(role.registered()).getString("refreshToken");
    String newest = stolen;
    for (int i = 0; i < 4; i++) {
      newest = role.refresh(newest).bodyAsJsonObject().getString("refreshToken");
    }
    assertThat(role.refresh(stolen).statusCode()).isEqualTo(401);
    assertThat(role.refresh(newest).statusCode()).isEqualTo(401);
  }

  @Test
  void refreshesAtTheSameTime_giveOneNewToken_andHarmNobody() throws Exception {
    String token = role.login(role.registered()).getString("refreshToken");
    JsonObject body = new JsonObject().put("refreshToken", token);
    List<HttpResponse<Buffer>> answers = all(IntStream.range(0, 8)
        .mapToObj(i -> role.asking(HttpMethod.POST, "/v1/auth/refresh", Map.of(), body))
        .toList());
    assertThat(answers.stream().map(HttpResponse::statusCode))
        .containsExactlyInAnyOrder(200, 409, 409, 409, 409, 409, 409, 409);
    String next = answers.stream()
        .filter(answer -> answer.statusCode() == 200)
        .findFirst()
        .orElseThrow()
        .bodyAsJsonObject()
        .getString("refreshToken");
    assertThat(role.refresh(next).statusCode()).isEqualTo(200);
  }

  @Test
  void aSignIn_runsOutUnused_andIsForgotten() throws Exception {
    String token = role.login(role.registered()).getString("refreshToken");
    role.clock.forward(Logins.REFRESH_LIFE.plusSeconds(1));
    assertThat(role.refresh(token).statusCode()).isEqualTo(401);
    var pool = IdentityConfig.from(role.config).postgres().pool(role.vertx);
    get(new Expiry(pool, role.clock).sweep());
    assertThat(
            get(new LoginRepository(pool).findByFamily(RefreshToken.parse(token).orElseThrow())))
        .isEmpty();
    get(pool.close());
  }

  @Test
  void aBrowser_getsCookiesAndNoTokens() throws Exception {
    HttpResponse<Buffer> answer =
        role.post("/v1/auth/login", credentials(role.registered(), PASSWORD).put("cookie", true));
    assertThat(answer.bodyAsJsonObject().fieldNames())
        .containsExactlyInAnyOrder("athleteId", "expiresInS");
    assertThat(answer.getHeader("Cache-Control")).isEqualTo("no-store");
    assertThat(cookie(answer, "__Host-pw_at"))
        .contains("; Path=/;", "Secure", "HTTPOnly", "SameSite=Strict", "Max-Age=600")
        .doesNotContain("Domain");
    assertThat(cookie(answer, "__Secure-pw_rt"))
        .contains("Path=/v1/auth", "Secure", "HTTPOnly", "SameSite=Strict");

    HttpResponse<Buffer> refreshed = refreshByCookie(value(cookie(answer, "__Secure-pw_rt")));
    assertThat(refreshed.statusCode()).isEqualTo(200);
    assertThat(refreshed.bodyAsJsonObject().fieldNames()).doesNotContain("refreshToken");
    String newest = value(cookie(refreshed, "__Secure-pw_rt"));

    HttpResponse<Buffer> out = get(role.asking(
        HttpMethod.POST,
        "/v1/auth/logout",
        Map.of("Cookie", "__Secure-pw_rt=" + newest),
        new JsonObject()));
    assertThat(out.statusCode()).isEqualTo(200);
    assertThat(cookie(out, "__Host-pw_at")).contains("Max-Age=0");
    HttpResponse<Buffer> ended = refreshByCookie(newest);
    assertThat(ended.statusCode()).isEqualTo(401);
    assertThat(cookie(ended, "__Secure-pw_rt")).as("dead cookies go").contains("Max-Age=0");
  }

  @Test
  void signingOutByToken_endsThatSignInAlone() throws Exception {
    String email = role.registered();
    JsonObject one = role.login(email);
    JsonObject other = role.login(email);
    assertThat(role.as(one.getString("accessToken"), HttpMethod.POST, "/v1/auth/logout", null)
            .statusCode())
        .isEqualTo(200);
    assertThat(role.refresh(one.getString("refreshToken")).statusCode()).isEqualTo(401);
    assertThat(role.refresh(other.getString("refreshToken")).statusCode()).isEqualTo(200);
    assertThat(role.post("/v1/auth/logout", new JsonObject()).statusCode()).isEqualTo(401);
  }

  @Test
  void aLink_signsInOnce() throws Exception {
    String link = link(role.login(role.registered()));
    JsonObject body = new JsonObject().put("token", link);
    List<Integer> statuses = statuses(IntStream.range(0, 4)
        .mapToObj(i -> role.asking(HttpMethod.POST, "/v1/auth/once", Map.of(), body))
        .toList());
    assertThat(statuses).containsExactlyInAnyOrder(200, 401, 401, 401);
  }

  @Test
  void aLink_runsOut() throws Exception {
    String link = link(role.login(role.registered()));
    role.clock.forward(SignIn.LINK_LIFE);
    HttpResponse<Buffer> late = role.post("/v1/auth/once", new JsonObject().put("token", link));
    assertThat(late.statusCode()).isEqualTo(401);
    assertThat(late.bodyAsJsonObject().getString("type"))
        .isEqualTo("urn:pacewire:problem:link-used");
  }

  @Test
  void aDevice_getsTokensThatMayOnlyIngest() throws Exception {
    JsonObject athlete = role.login(role.registered());
    String token = athlete.getString("accessToken");
    JsonObject device = device(token);
    String path = "/v1/devices/" + device.getString("deviceId");
    JsonObject listed = role.as(token, HttpMethod.GET, "/v1/devices", null).bodyAsJsonObject();
    assertThat(listed.getJsonArray("devices")).hasSize(1);
    assertThat(listed.encode()).doesNotContain(device.getString("secret"));

    JsonObject secret = new JsonObject().put("secret", device.getString("secret"));
    String given = role.post(path + "/token", secret).bodyAsJsonObject().getString("accessToken");
    JsonObject claims = claims(given);
    assertThat(claims.getString("did")).isEqualTo(device.getString("deviceId"));
    assertThat(claims.getString("sub")).isEqualTo(athlete.getString("athleteId"));
    assertThat(claims.getString("scope")).isEqualTo("ingest");
    assertThat(claims.containsKey("sid")).isFalse();
    assertThat(me(given).statusCode()).isEqualTo(403);

    String stranger = role.login(role.registered()).getString("accessToken");
    assertThat(role.as(stranger, HttpMethod.DELETE, path, null).statusCode()).isEqualTo(404);
    assertThat(role.as(token, HttpMethod.DELETE, path, null).statusCode()).isEqualTo(200);
    assertThat(role.post(path + "/token", secret).statusCode()).isEqualTo(401);
  }

  @Test
  void aDeviceThatIsNotThere_answersAsAWrongSecretDoes() throws Exception {
    JsonObject device = device(role.login(role.registered()).getString("accessToken"));
    JsonObject wrong = new JsonObject().put("secret", "guessed");
    JsonObject one = role.post("/v1/devices/" + device.getString("deviceId") + "/token", wrong)
        .bodyAsJsonObject();
    JsonObject other =
        role.post("/v1/devices/" + UUID.randomUUID() + "/token", wrong).bodyAsJsonObject();
    assertThat(one.getString("detail")).isEqualTo(other.getString("detail"));
    assertThat(one.getInteger("status")).isEqualTo(401).isEqualTo(other.getInteger("status"));
    assertThat(role.post("/v1/devices/no-uuid/token", wrong).statusCode()).isEqualTo(400);
  }

  @Test
  void noSecret_isInTheDatabaseAsItWasTold() throws Exception {
    String email = role.registered();
    JsonObject tokens = role.login(email);
    String link = link(tokens);
    String secret = device(tokens.getString("accessToken")).getString("secret");
    JsonObject unused = role.refresh(tokens.getString("refreshToken")).bodyAsJsonObject();
    String everything = dump();
    assertThat(everything).contains(email);
    for (String told : List.of(PASSWORD, link, secret, unused.getString("refreshToken"))) {
      for (String part : told.split("\\.", -1)) {
        assertThat(everything).doesNotContain(part).doesNotContain(hex(part));
      }
    }
  }

  @Test
  void aToken_isVerifiedByThePublishedKeyAlone() throws Exception {
    JsonObject tokens = role.login(role.registered());
    String token = tokens.getString("accessToken");
    JsonObject header = json(part(token, 0));
    assertThat(header.getString("alg")).isEqualTo("ES256");
    JsonObject jwk = jwks().getJsonObject(0);
    assertThat(header.getString("kid")).isEqualTo(jwk.getString("kid"));
    Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
    check.initVerify(publicKey(jwk));
    check.update(token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII));
    assertThat(check.verify(Base64.getUrlDecoder().decode(part(token, 2)))).isTrue();

    JsonObject claims = claims(token);
    assertThat(claims.fieldNames())
        .containsExactlyInAnyOrder("iss", "aud", "sub", "tid", "scope", "sid", "iat", "exp", "jti");
    assertThat(claims.getString("tid")).isEqualTo("public");
    assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(600);
    assertThat(tokens.getInteger("expiresInS")).isEqualTo(600);
  }

  @Test
  void aForgedToken_isRefused() throws Exception {
    String token = role.login(role.registered()).getString("accessToken");
    String payload = part(token, 1);
    JsonObject jwk = jwks().getJsonObject(0);
    String none =
        url(new JsonObject().put("alg", "none").put("typ", "JWT").encode()) + "." + payload;
    JsonObject symmetric = new JsonObject().put("alg", "HS256").put("kid", jwk.getString("kid"));
    String confused = url(symmetric.encode()) + "." + payload;
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(publicKey(jwk).getEncoded(), "HmacSHA256"));
    String signed = confused + "."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(mac.doFinal(confused.getBytes(StandardCharsets.US_ASCII)));
    String changed = part(token, 0) + "."
        + url(claims(token).put("sub", UUID.randomUUID().toString()).encode()) + "."
        + part(token, 2);
    for (String forged : List.of(none + ".", none, signed, changed, "x", "a.b.c")) {
      assertThat(me(forged).statusCode()).as(forged).isEqualTo(401);
    }
  }

  @Test
  void registering_isToldOnKafka_andATellingTwiceIsTheSameFact() throws Exception {
    String email = role.registered();
    String athlete = role.login(email).getString("athleteId");
    ConsumerRecord<String, String> told = told(athlete, 1).get(0);
    assertThat(header(told, "ce_type")).isEqualTo("account.registered");
    JsonObject fact = new JsonObject(told.value());
    assertThat(fact.getString("athleteId")).isEqualTo(athlete);
    assertThat(fact.getString("displayName")).isEqualTo("Maria");
    assertThat(told.value()).doesNotContain(email);

    // What is left when the role dies between telling and forgetting.
    role.sql("INSERT INTO identity.outbox (event_id, type, source, at_ms, topic, key, payload)"
        + " VALUES ('" + header(told, "ce_id") + "', 'account.registered', '/account', "
        + fact.getLong("atMs") + ", 'account.v1', '" + athlete + "', convert_to('"
        + told.value() + "', 'UTF8'))");
    List<ConsumerRecord<String, String>> twice = told(athlete, 2);
    assertThat(header(twice.get(1), "ce_id")).isEqualTo(header(twice.get(0), "ce_id"));
    assertThat(twice.get(1).value()).isEqualTo(twice.get(0).value());
    assertThat(twice.get(1).partition()).isEqualTo(twice.get(0).partition());
    await().atMost(Duration.ofSeconds(60)).until(() -> outboxRows() == 0);
  }

  @Test
  void whatAnAccountSaysAnew_isToldOnce_withARevision() throws Exception {
    JsonObject tokens = role.login(role.registered());
    String token = tokens.getString("accessToken");
    JsonObject moved = new JsonObject().put("timeZone", "Pacific/Auckland");
    for (int i = 0; i < 2; i++) {
      assertThat(role.as(token, HttpMethod.PATCH, "/v1/me", moved).statusCode()).isEqualTo(200);
    }
    JsonObject named = new JsonObject().put("displayName", "Mary");
    assertThat(role.as(token, HttpMethod.PATCH, "/v1/me", named).statusCode()).isEqualTo(200);
    List<ConsumerRecord<String, String>> told = told(tokens.getString("athleteId"), 3);
    assertThat(told)
        .extracting(one -> header(one, "ce_type"))
        .containsExactly("account.registered", "account.changed", "account.changed");
    JsonObject first = new JsonObject(told.get(1).value());
    assertThat(first.getInteger("revision")).isEqualTo(1);
    assertThat(first.getString("timeZone")).isEqualTo("Pacific/Auckland");
    assertThat(first.getString("displayName")).isEqualTo("Maria");
    JsonObject second = new JsonObject(told.get(2).value());
    assertThat(second.getInteger("revision")).isEqualTo(2);
    assertThat(second.getString("displayName")).isEqualTo("Mary");
    assertThat(second.getString("timeZone")).isEqualTo("Pacific/Auckland");
  }

  @Test
  void aDeletedDeviceAndASignOut_areRevokedOnKafka_once() throws Exception {
    JsonObject tokens = role.login(role.registered());
    String token = tokens.getString("accessToken");
    String deviceId = device(token).getString("deviceId");
    String path = "/v1/devices/" + deviceId;
    String stranger = role.login(role.registered()).getString("accessToken");
    assertThat(role.as(stranger, HttpMethod.DELETE, path, null).statusCode()).isEqualTo(404);
    assertThat(role.as(token, HttpMethod.DELETE, path, null).statusCode()).isEqualTo(200);
    assertThat(role.as(token, HttpMethod.DELETE, path, null).statusCode()).isEqualTo(404);
    String sessionId = claims(token).getString("sid");
    for (int i = 0; i < 2; i++) {
      role.as(token, HttpMethod.POST, "/v1/auth/logout", null);
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> outboxRows() == 0);

    List<ConsumerRecord<String, String>> device = told("security.revocations.v1", deviceId, 1);
    List<ConsumerRecord<String, String>> session = told("security.revocations.v1", sessionId, 1);
    assertThat(device).singleElement().satisfies(told -> {
      assertThat(header(told, "ce_type")).isEqualTo("access.revoked");
      assertThat(new JsonObject(told.value()).getString("kind")).isEqualTo("device");
      assertThat(new JsonObject(told.value()).getString("revokedId")).isEqualTo(deviceId);
    });
    assertThat(session)
        .singleElement()
        .satisfies(told ->
            assertThat(new JsonObject(told.value()).getString("kind")).isEqualTo("session"));
  }

  private static List<ConsumerRecord<String, String>> told(String athlete, int times) {
    return told("account.v1", athlete, times);
  }

  private static List<ConsumerRecord<String, String>> told(String topic, String key, int times) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", role.stack.endpoints().of(StackServer.KAFKA).address());
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> all =
          List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
      consumer.assign(all);
      consumer.seekToBeginning(all);
      List<ConsumerRecord<String, String>> found = new ArrayList<>();
      await().atMost(Duration.ofSeconds(60)).until(() -> {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> {
          if (record.key().equals(key)) {
            found.add(record);
          }
        });
        return found.size() >= times;
      });
      return found;
    }
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static long outboxRows() throws Exception {
    try (Connection connection = role.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM identity.outbox")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static String dump() throws Exception {
    StringBuilder all = new StringBuilder();
    try (Connection connection = role.connect();
        Statement statement = connection.createStatement()) {
      for (String table :
          List.of("account", "login_session", "sign_in_link", "device", "login_try", "outbox")) {
        try (ResultSet rows =
            statement.executeQuery("SELECT t::text FROM identity." + table + " AS t")) {
          while (rows.next()) {
            all.append(rows.getString(1)).append('\n');
          }
        }
      }
    }
    return all.toString();
  }

  /** Each test tries from an address of its own: the counts of addresses are shared. */
  private static List<Integer> wrongTries(String email, int times) throws Exception {
    String address = "192.0.2." + ADDRESSES.incrementAndGet();
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      HttpResponse<Buffer> answer = get(login(email, "not the password", address));
      assertThat(answer.statusCode()).isEqualTo(401);
      left.add(answer.bodyAsJsonObject().getInteger("triesLeft"));
    }
    return left;
  }

  private static Future<HttpResponse<Buffer>> login(String email, String password, String address) {
    return role.asking(
        HttpMethod.POST,
        "/v1/auth/login",
        Map.of("X-Forwarded-For", address),
        credentials(email, password));
  }

  private static HttpResponse<Buffer> me(String token) throws Exception {
    return role.as(token, HttpMethod.GET, "/v1/me", null);
  }

  private static JsonObject device(String token) throws Exception {
    JsonObject wanted = new JsonObject().put("name", "Pixel").put("kind", "phone");
    HttpResponse<Buffer> made = role.as(token, HttpMethod.POST, "/v1/devices", wanted);
    assertThat(made.statusCode()).isEqualTo(201);
    return made.bodyAsJsonObject();
  }

  private static String link(JsonObject tokens) throws Exception {
    return role.as(tokens.getString("accessToken"), HttpMethod.POST, "/v1/auth/links", null)
        .bodyAsJsonObject()
        .getString("token");
  }

  private static HttpResponse<Buffer> refreshByCookie(String token) throws Exception {
    return get(role.asking(
        HttpMethod.POST,
        "/v1/auth/refresh",
        Map.of("Cookie", "__Secure-pw_rt=" + token),
        new JsonObject()));
  }

  private static String cookie(HttpResponse<Buffer> answer, String name) {
    return answer.cookies().stream()
        .filter(cookie -> cookie.startsWith(name + "="))
        .findFirst()
        .orElseThrow();
  }

  private static String value(String cookie) {
    return cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
  }

  private static JsonArray jwks() throws Exception {
    return get(role.asking(HttpMethod.GET, "/.well-known/jwks.json", Map.of(), null))
        .bodyAsJsonObject()
        .getJsonArray("keys");
  }

  private static PublicKey publicKey(JsonObject jwk) throws Exception {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(
            new ECPoint(number(jwk.getString("x")), number(jwk.getString("y"))),
            curve.getParameterSpec(ECParameterSpec.class)));
  }

  private static BigInteger number(String coordinate) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(coordinate));
  }

  private static JsonObject claims(String token) {
    return json(part(token, 1));
  }

  private static String part(String token, int index) {
    return token.split("\\.", -1)[index];
  }

  private static JsonObject json(String part) {
    return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(part)));
  }

  private static String url(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Integer> statuses(List<Future<HttpResponse<Buffer>>> asked) throws Exception {
    return all(asked).stream().map(HttpResponse::statusCode).toList();
  }

  private static List<HttpResponse<Buffer>> all(List<Future<HttpResponse<Buffer>>> asked)
      throws Exception {
    List<HttpResponse<Buffer>> answers = new ArrayList<>();
    for (Future<HttpResponse<Buffer>> one : asked) {
      answers.add(get(one));
    }
    return answers;
  }
}
