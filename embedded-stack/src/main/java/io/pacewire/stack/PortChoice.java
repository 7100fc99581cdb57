package io.pacewire.stack;

/**
 * How a port is chosen.
 *
 * @param port the wanted port, 0 for any free one
 * @param required whether a taken port is an error; if not, another one is picked and reported
 */
public record PortChoice(int port, boolean required) {
  public PortChoice {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0..65535, was " + port);
    }
    if (required && port == 0) {
      throw new IllegalArgumentException("port 0 picks a free one and cannot be required");
    }
  }

  /** Any free port. */
  public static PortChoice any() {
    return new PortChoice(0, false);
  }

  /** The port of an earlier run, or another one should a stranger hold it by now. 0 is any. */
  public static PortChoice preferred(int port) {
    return new PortChoice(port, false);
  }

  /** What somebody configured: this port or a {@link PortTakenException}. 0 is any. */
  public static PortChoice configured(int port) {
    return new PortChoice(port, port != 0);
  }
}
