package io.pacewire.platform.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pacewire.platform.config.ConfigSection;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Who may read what a process counts: this machine, and whoever shows the token that an operator gave out.
 *
 * @param token null where no other machine may
 */
public record MetricsAccess(@Nullable String token) {
  static final MetricsAccess THIS_MACHINE = new MetricsAccess(null);
  private static final String BEARER = "Bearer ";

  public static MetricsAccess from(JsonObject root) {
    ConfigSection metrics = ConfigSection.root(root).section("metrics");
    return metrics.has("tokenFile") ? new MetricsAccess(metrics.secret("tokenFile")) : THIS_MACHINE;
  }

  /**
   * @param address of the connection, as a number
   * @param authorization the header of that name, null where there is none
   */
  boolean allows(String address, @Nullable String authorization) {
    return isLoopback(address)
        || (token != null
            && authorization != null
            && authorization.startsWith(BEARER)
            && MessageDigest.isEqual(
                token.getBytes(UTF_8), authorization.substring(BEARER.length()).getBytes(UTF_8)));
  }

  private static boolean isLoopback(String address) {
    if (!address.matches("[0-9a-fA-F:.]+(%\\w+)?")) {
      return false; // no number, which would be looked up
    }
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "MetricsAccess[" + (token == null ? "this machine" : "token") + "]";
  }
}
