package io.pacewire.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What athletes say of their bodies, over HTTP, on a real PostgreSQL. */
class ParametersIT {
  @TempDir
  static Path folder;

  private static IdentityRole role;

  private String token;
  private String athlete;

  @BeforeAll
  static void start() throws Exception {
    role = new IdentityRole(folder);
    // Facts stay where the test can read them.
    role.sql(
        "CREATE TABLE identity.told (key text, type text, payload bytea)",
        "ALTER TABLE identity.told OWNER TO pw_identity",
        "CREATE FUNCTION identity.keep() RETURNS trigger LANGUAGE plpgsql AS "
            + "'BEGIN INSERT INTO identity.told VALUES (NEW.key, NEW.type, NEW.payload);"
            + " RETURN NEW; END'",
        "CREATE TRIGGER keep AFTER INSERT ON identity.outbox"
            + " FOR EACH ROW EXECUTE FUNCTION identity.keep()");
  }

  @AfterAll
  static void close() throws Exception {
    role.close();
  }

  @BeforeEach
  void register() throws Exception {
    JsonObject tokens = role.login(role.registered());
    token = tokens.getString("accessToken");
    athlete = tokens.getString("athleteId");
  }

  @Test
  void whatIsSaid_isKept_andTold_andWhatIsNotSentStays() throws Exception {
    assertThat(get().getInteger("revision")).isZero();
    assertThat(get().getValue("maxHeartRateBpm")).isNull();
    JsonObject first = new JsonObject()
        .put("maxHeartRateBpm", 188)
        .put("restingHeartRateBpm", 48)
        .put("thresholdPowerW", 260)
        .put("weightKg", 62.5)
        .put("sex", "female")
        .put("birthYear", 1988);
    assertThat(patch(first).bodyAsJsonObject()).isEqualTo(first.copy().put("revision", 1));
    JsonObject second =
        patch(new JsonObject().put("weightKg", 63).putNull("thresholdPowerW")).bodyAsJsonObject();
    assertThat(second.getInteger("revision")).isEqualTo(2);
    assertThat(second.getValue("thresholdPowerW")).isNull();
    assertThat(second.getInteger("maxHeartRateBpm")).isEqualTo(188);
    assertThat(get()).isEqualTo(second);

    List<JsonObject> told = told();
    assertThat(told).extracting(fact -> fact.getInteger("revision")).containsExactly(1, 2);
    assertThat(told.get(0).getDouble("weightKg")).isEqualTo(62.5);
    assertThat(told.get(1).containsKey("thresholdPowerW")).isFalse();
    assertThat(told.get(1).getString("athleteId")).isEqualTo(athlete);
  }

  @Test
  void aChangeThatChangesNothing_isNoRevision_andNoFact() throws Exception {
    patch(new JsonObject().put("birthYear", 1970));
    assertThat(patch(new JsonObject().put("birthYear", 1970)).bodyAsJsonObject())
        .isEqualTo(get());
    assertThat(get().getInteger("revision")).isEqualTo(1);
    assertThat(told()).hasSize(1);
  }

  @Test
  void theAccountsMaximum_isTheSame() throws Exception {
    role.as(token, HttpMethod.PATCH, "/v1/me", new JsonObject().put("maxHeartRateBpm", 191));
    assertThat(get().getInteger("maxHeartRateBpm")).isEqualTo(191);
    patch(new JsonObject().put("maxHeartRateBpm", 192));
    assertThat(role.as(token, HttpMethod.GET, "/v1/me", null)
            .bodyAsJsonObject()
            .getInteger("maxHeartRateBpm"))
        .isEqualTo(192);
    assertThat(told()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "maxHeartRateBpm     | {\"maxHeartRateBpm\": 99}",
        "maxHeartRateBpm     | {\"maxHeartRateBpm\": 180.5}",
        "maxHeartRateBpm     | {\"maxHeartRateBpm\": \"180\"}",
        "restingHeartRateBpm | {\"restingHeartRateBpm\": 200}",
        "restingHeartRateBpm | {\"restingHeartRateBpm\": 110, \"maxHeartRateBpm\": 105}",
        "weightKg            | {\"weightKg\": 1e400}",
        "sex                 | {\"sex\": \"yes\"}",
        "birthYear           | {\"birthYear\": 2030}",
        "thresholdPowerW     | {\"thresholdPowerW\": -1}"
      })
  void whatCannotBe_isRefused_byItsField(String field, String body) throws Exception {
    HttpResponse<Buffer> answer = patch(new JsonObject(body));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.getHeader("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.bodyAsString()).contains(field);
    assertThat(told()).isEmpty();
  }

  @Test
  void nobodyElse_seesThem() throws Exception {
    assertThat(role.as("none", HttpMethod.GET, "/v1/me/parameters", null).statusCode())
        .isEqualTo(401);
  }

  private JsonObject get() throws Exception {
    return role.as(token, HttpMethod.GET, "/v1/me/parameters", null).bodyAsJsonObject();
  }

  private HttpResponse<Buffer> patch(JsonObject body) throws Exception {
    return role.as(token, HttpMethod.PATCH, "/v1/me/parameters", body);
  }

  private List<JsonObject> told() throws Exception {
    List<JsonObject> told = new ArrayList<>();
    try (Connection connection = role.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT convert_from(payload, 'UTF8') FROM identity.told"
                + " WHERE type = 'account.parameters-changed' AND key = '" + athlete + "'")) {
      while (rows.next()) {
        told.add(new JsonObject(rows.getString(1)));
      }
    }
    return told;
  }
}
