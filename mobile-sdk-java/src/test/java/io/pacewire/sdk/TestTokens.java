package io.pacewire.sdk;

import io.pacewire.sdk.internal.UploadSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Tokens that say how long they live, and an uploader that does not wait as long as a phone. */
final class TestTokens {
  private TestTokens() {}

  static String make(int number, int lifetimeS) {
    long now = 1_000_000;
    String claims = "{\"iat\":" + now + ",\"exp\":" + (now + lifetimeS) + "}";
    return "t-"
        + number
        + "."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".s";
  }

  static UploadSettings quick() {
    UploadSettings settings = new UploadSettings(Duration.ofMillis(50));
    settings.backoff(20, 200);
    settings.ledgerPatienceMs(1_000);
    return settings;
  }
}
