package io.pacewire.platform.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;

/** Counts why a role let nobody in with the token that came, if any. Thread-safe. */
public final class TokenRefusals {
  static final String FORGED = "token is not signed by the issuer";
  static final String MALFORMED = "token is malformed";
  static final String TOO_LONG = "token too long";
  static final String UNKNOWN_KEY = "token is signed with an unknown key";
  static final String REVOKED = "token was revoked";
  static final String STRANGERS = "too many forged tokens came from this address";
  static final String BUSY = "too many tokens to verify at once";

  /** By what callers are told; what it does not name, the status does. */
  private static final Map<String, String> REASONS = Map.of(
      FORGED, "forged",
      MALFORMED, "malformed",
      TOO_LONG, "malformed",
      UNKNOWN_KEY, "unknownKey",
      REVOKED, "revoked",
      STRANGERS, "forgedTokensPerS",
      BUSY, "poolFull");

  private static final String CLAIMS = "claims";
  private static final String SCOPE = "scope";
  private static final String UNAVAILABLE = "unavailable";

  private final Map<String, Counter> counters = new HashMap<>();

  /** @param role in metrics */
  public TokenRefusals(MeterRegistry registry, String role) {
    REASONS.values().forEach(reason -> add(registry, role, reason));
    for (String reason : new String[] {CLAIMS, SCOPE, UNAVAILABLE}) {
      add(registry, role, reason);
    }
  }

  private void add(MeterRegistry registry, String role, String reason) {
    Counter unused = counters.computeIfAbsent(
        reason, one -> registry.counter("pacewire.tokens.refused", "role", role, "reason", one));
  }

  public <T> Future<T> counted(Future<T> verified) {
    return verified.onFailure(this::count);
  }

  private void count(Throwable cause) {
    Counter counter = counters.get(reason(cause));
    if (counter != null) {
      counter.increment();
    }
  }

  private static String reason(Throwable cause) {
    if (!(cause instanceof ProblemException expected)) {
      return UNAVAILABLE;
    }
    Problem problem = expected.problem();
    return REASONS.getOrDefault(
        problem.detail(),
        switch (problem.status()) {
          case 401 -> CLAIMS;
          case 403 -> SCOPE;
          default -> UNAVAILABLE;
        });
  }
}
