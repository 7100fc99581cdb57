package io.pacewire.identity;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/**
 * Where a request comes from, as coarse as counting needs it. The gateway sets the header and lets
 * none of a caller's own through; nobody else can reach this role.
 */
final class CallerAddress {
  private static final String HEADER = "X-Forwarded-For";
  private static final int NETWORK_GROUPS = 4;

  private CallerAddress() {}

  static String of(HttpServerRequest request) {
    String forwarded = request.getHeader(HEADER);
    return coarse(forwarded == null ? request.remoteAddress().hostAddress() : forwarded);
  }

  /** Of IPv6 the first 64 bits: whoever has one address there has all of them. */
  static String coarse(String address) {
    String last = address.substring(address.lastIndexOf(',') + 1).strip();
    if (last.indexOf(':') < 0) {
      return last;
    }
    List<String> groups = List.of(last.split(":", -1));
    int written = groups.indexOf("") < 0 ? groups.size() : groups.indexOf("");
    return String.join(":", groups.subList(0, Math.min(NETWORK_GROUPS, written))) + "::/64";
  }
}
