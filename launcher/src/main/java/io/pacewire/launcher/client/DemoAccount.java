package io.pacewire.launcher.client;

import io.pacewire.stack.PrivateFiles;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.UUID;

/**
 * The athlete that demo and replays run as. Registers and signs in like anybody else; what it needs
 * for that stays in the data directory, readable by its owner alone.
 */
public final class DemoAccount {
  private static final String FILE = "demo-athlete.json";

  private final PlatformClient client;
  private final Path file;
  private final JsonObject kept;
  private String accessToken = "";
  private Instant accessTokenUntil = Instant.MIN;

  private DemoAccount(PlatformClient client, Path file, JsonObject kept) {
    this.client = client;
    this.file = file;
    this.kept = kept;
  }

  /** Signs in, after registering where nobody did yet. */
  public static DemoAccount signIn(PlatformClient client, Path secrets) throws IOException {
    Path file = secrets.resolve(FILE);
    JsonObject kept = Files.exists(file) ? new JsonObject(Files.readString(file)) : fresh();
    DemoAccount account = new DemoAccount(client, file, kept);
    account.keep(); // before it is registered: a crash in between must not lose the password
    account.registerOnce();
    return account;
  }

  /** A token of the athlete that holds for at least a minute. */
  public synchronized String token() {
    if (Instant.now().plusSeconds(60).isAfter(accessTokenUntil)) {
      JsonObject session = client.post(
          "/v1/auth/login",
          null,
          new JsonObject()
              .put("email", kept.getString("email"))
              .put("password", kept.getString("password")));
      accessToken = session.getString("accessToken");
      accessTokenUntil = Instant.now().plusSeconds(session.getLong("expiresInS"));
    }
    return accessToken;
  }

  /** Where a browser signs in as this athlete, once, within a few minutes. */
  public String signInLink() {
    JsonObject link = client.post("/v1/auth/links", token(), new JsonObject());
    return client.gateway().resolve("/sign-in") + "#once=" + link.getString("token");
  }

  /** The device that replays send as, registered once for a data directory. */
  public synchronized DemoDevice device(String name) throws IOException {
    JsonObject devices = kept.getJsonObject("devices", new JsonObject());
    JsonObject device = devices.getJsonObject(name);
    if (device == null) {
      JsonObject made = client.post(
          "/v1/devices", token(), new JsonObject().put("name", name).put("kind", "phone"));
      device = new JsonObject()
          .put("deviceId", made.getString("deviceId"))
          .put("secret", made.getString("secret"));
      kept.put("devices", devices.put(name, device));
      keep();
    }
    return new DemoDevice(
        client, UUID.fromString(device.getString("deviceId")), device.getString("secret"));
  }

  private void registerOnce() throws IOException {
    if (kept.containsKey("athleteId")) {
      return;
    }
    try {
      JsonObject made = client.post(
          "/v1/accounts",
          null,
          new JsonObject()
              .put("email", kept.getString("email"))
              .put("password", kept.getString("password"))
              .put("displayName", "Demo Athlete")
              .put("timeZone", ZoneId.systemDefault().getId())
              .put("locale", "en"));
      kept.put("athleteId", made.getString("athleteId"));
    } catch (PlatformException e) {
      if (e.status() != 409) {
        throw e;
      }
      kept.put("athleteId", "registered before"); // by a start that ended before it could note so
    }
    keep();
  }

  private void keep() throws IOException {
    PrivateFiles.write(file, kept.encodePrettily());
  }

  private static JsonObject fresh() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return new JsonObject()
        .put("email", "demo-" + UUID.randomUUID().toString().substring(0, 8) + "@example.org")
        .put("password", Base64.getUrlEncoder().withoutPadding().encodeToString(random));
  }
}
