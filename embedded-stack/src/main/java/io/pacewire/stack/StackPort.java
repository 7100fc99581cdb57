package io.pacewire.stack;

/** Every port the stack listens on, with the setting that chooses it. All of them are on 127.0.0.1. */
public enum StackPort {
  POSTGRES(StackServer.POSTGRES, "stack.postgres.port"),
  KAFKA(StackServer.KAFKA, "stack.kafka.port"),
  /** The broker talks to its own controller here; nobody else does. */
  KAFKA_CONTROLLER(StackServer.KAFKA, "stack.kafka.controllerPort"),
  REDIS(StackServer.REDIS, "stack.redis.port"),
  S3(StackServer.S3, "stack.s3.port"),
  SMTP(StackServer.SMTP, "stack.smtp.port");

  private final StackServer server;
  private final String setting;

  StackPort(StackServer server, String setting) {
    this.server = server;
    this.setting = setting;
  }

  /** The server that listens on it. */
  public StackServer server() {
    return server;
  }

  /** Full key of the setting, for messages. */
  public String setting() {
    return setting;
  }
}
