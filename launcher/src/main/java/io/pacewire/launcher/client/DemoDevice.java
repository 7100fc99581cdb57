package io.pacewire.launcher.client;

import io.vertx.core.json.JsonObject;
import java.util.UUID;

/** A registered device and how it gets its tokens. */
public final class DemoDevice {
  private final PlatformClient client;
  private final UUID deviceId;
  private final String secret;

  DemoDevice(PlatformClient client, UUID deviceId, String secret) {
    this.client = client;
    this.deviceId = deviceId;
    this.secret = secret;
  }

  public UUID deviceId() {
    return deviceId;
  }

  /** A token as the platform gave it just now. */
  public record Token(String text, long expiresInS) {}

  /** @throws PlatformException where the platform is away or knows the device no more */
  public Token token() {
    JsonObject answer = client.post(
        "/v1/devices/" + deviceId + "/token", null, new JsonObject().put("secret", secret));
    return new Token(answer.getString("accessToken"), answer.getLong("expiresInS"));
  }
}
