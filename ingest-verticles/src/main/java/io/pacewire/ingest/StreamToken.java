package io.pacewire.ingest;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** How long a stream's token holds, and a new one in its place without a new connection. */
final class StreamToken {
  private final DeviceTokens tokens;
  private final StreamDoor door;
  private final InstantSource clock;
  private final TokenLife life = new TokenLife();
  private @Nullable DeviceWatch watch;
  /** Made when a token comes: an idle connection weighs less without. */
  private @Nullable TokenRenewal renewal;

  StreamToken(DeviceTokens tokens, StreamDoor door, InstantSource clock) {
    this.tokens = tokens;
    this.door = door;
    this.clock = clock;
  }

  void open() {
    until(door.device());
  }

  void closed() {
    if (watch != null) {
      watch.close();
      watch = null;
    }
  }

  /** To be called every second. */
  void look(long nowMs, long nowNanos) {
    switch (life.look(nowMs, nowNanos)) {
      case WARNING -> door.warn("token-expires");
      case END -> end("token expired");
      case NOTHING -> again();
    }
  }

  private void again() {
    if (renewal != null) {
      renewal.again();
    }
  }

  void renew(String token) {
    if (renewal == null) {
      renewal = new TokenRenewal(tokens, this::renewed, () -> end("token not valid"));
    }
    if (renewal.isUnderWay()) {
      end("a renewal is under way");
    } else {
      renewal.verify(token);
    }
  }

  private void renewed(Device device, String token) {
    if (!device.isSameAs(door.device())) {
      end("token of another device");
    } else if (door.isOpen()) {
      door.renewed(device, token);
      until(device);
    }
  }

  private void until(Device device) {
    life.until(device.tokenExpiresAtMs(), clock.millis(), System.nanoTime());
    closed();
    watch = tokens.watch(device, () -> end("device was revoked"));
  }

  private void end(String reason) {
    door.close(StreamConnections.TOKEN_EXPIRED, reason);
  }
}
