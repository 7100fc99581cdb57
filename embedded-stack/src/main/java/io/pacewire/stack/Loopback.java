package io.pacewire.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The one address servers listen on: 127.0.0.1, also where a JVM is told to prefer IPv6. */
final class Loopback {
  static final String HOST = "127.0.0.1";
  private static final byte[] ADDRESS = {127, 0, 0, 1};

  private Loopback() {}

  static InetSocketAddress port(int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByAddress(ADDRESS), port);
  }
}
