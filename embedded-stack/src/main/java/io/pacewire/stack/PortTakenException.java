package io.pacewire.stack;

/** A port that was asked for belongs to somebody else. */
public final class PortTakenException extends StackException {
  private final int port;
  private final String setting;

  PortTakenException(int port, String setting) {
    super(
        "port "
            + port
            + " ("
            + setting
            + ") is taken"
            + PortHolder.of(port).map(holder -> " by " + holder).orElse(""),
        null);
    this.port = port;
    this.setting = setting;
  }

  public int port() {
    return port;
  }

  /** Full key of the setting that asked for the port. */
  public String setting() {
    return setting;
  }
}
