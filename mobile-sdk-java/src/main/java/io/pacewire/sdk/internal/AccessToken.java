package io.pacewire.sdk.internal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token and when it should be replaced. Its lifetime is what it says itself (exp less iat),
 * counted from the moment it was fetched on the monotonic clock: the device's time of day may be
 * wrong by days.
 */
final class AccessToken {
  private static final long DEFAULT_LIFETIME_S = 600;
  private static final Pattern EXPIRES = Pattern.compile("\"exp\"\\s*:\\s*(\\d{1,12})");
  private static final Pattern ISSUED = Pattern.compile("\"iat\"\\s*:\\s*(\\d{1,12})");

  private final String value;
  private final long renewAtNanos;

  AccessToken(String value, long fetchedAtNanos) {
    this.value = value;
    this.renewAtNanos = fetchedAtNanos + lifetimeS(value) * 1_000_000_000L / 5 * 4;
  }

  String value() {
    return value;
  }

  boolean isDue(long nowNanos) {
    return nowNanos - renewAtNanos >= 0;
  }

  private static long lifetimeS(String token) {
    String claims = claims(token);
    Matcher expires = EXPIRES.matcher(claims);
    Matcher issued = ISSUED.matcher(claims);
    if (!expires.find() || !issued.find()) {
      return DEFAULT_LIFETIME_S;
    }
    long lifetime = Long.parseLong(expires.group(1)) - Long.parseLong(issued.group(1));
    return lifetime > 0 ? lifetime : DEFAULT_LIFETIME_S;
  }

  private static String claims(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return "";
    }
    try {
      return new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException opaqueToken) {
      return "";
    }
  }
}
