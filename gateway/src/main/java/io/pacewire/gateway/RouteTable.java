package io.pacewire.gateway;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which role answers a path, and whether it may be asked without a token. First match wins. */
final class RouteTable {
  private final List<Entry> entries;

  /**
   * @param open no token is needed
   * @param keeps what a POST with an {@code Idempotency-Key} came to is kept here; else by the role,
   *     which alone knows what was done, or by nobody, since it is secret
   */
  record Entry(Pattern path, String upstream, boolean open, boolean keeps) {}

  RouteTable(GatewayConfig config) {
    this.entries = List.of(
        entry("/\\.well-known/jwks\\.json", config.identityUrl(), true),
        entry("/v1/accounts", config.identityUrl(), true),
        entry("/v1/auth/(login|refresh|once)", config.identityUrl(), true),
        entry("/v1/auth/.*", config.identityUrl(), false),
        entry("/v1/devices/[^/]+/token", config.identityUrl(), true),
        entry("/v1/devices(/.*)?", config.identityUrl(), false),
        entry("/v1/me", config.identityUrl(), false),
        entry("/v1/openapi/training\\.json", config.trainingUrl(), true),
        entry(
            "/v1/(trainings|sessions|totals|records|load|imports)(/.*)?",
            config.trainingUrl(),
            false),
        keeping("/v1/gear(/.*)?", config.inventoryUrl()),
        keeping("/v1/(leaderboards|xp)(/.*)?", config.gamificationUrl()));
  }

  Optional<Entry> find(String path) {
    return entries.stream()
        .filter(entry -> entry.path().matcher(path).matches())
        .findFirst();
  }

  private static Entry entry(String path, String upstream, boolean open) {
    return new Entry(Pattern.compile(path), upstream, open, false);
  }

  private static Entry keeping(String path, String upstream) {
    return new Entry(Pattern.compile(path), upstream, false, true);
  }
}
