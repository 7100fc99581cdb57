package io.pacewire.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.pacewire.ingest.Admission.Admitted;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/** Limits and counters, the same ones for every door of a node. Thread-safe. */
final class Turnstiles {
  private final Vertx vertx;
  private final Quotas quotas;
  private final Map<Kind, DoorMeters> meters = new EnumMap<>(Kind.class);
  private final DevicePlaces places;
  private final WaitingRoom waitingRoom;
  private final ReadRoom readRoom;
  private final DeviceClocks clocks = new DeviceClocks(InstantSource.system());

  /** The kinds of doors there are. */
  enum Kind {
    MQTT,
    STREAM,
    HTTP
  }

  Turnstiles(Vertx vertx, Quotas quotas, ReadRoom readRoom, MeterRegistry registry) {
    this.vertx = vertx;
    this.quotas = quotas;
    this.places = new DevicePlaces(quotas.limits().deviceConnections());
    this.waitingRoom = new WaitingRoom(quotas.limits().waitingConnections(), registry);
    this.readRoom = readRoom;
    for (Kind kind : Kind.values()) {
      meters.put(kind, new DoorMeters(registry, kind.name().toLowerCase(Locale.ROOT)));
    }
  }

  /** For who is no device yet. */
  WaitingRoom waitingRoom() {
    return waitingRoom;
  }

  ReadRoom readRoom() {
    return readRoom;
  }

  /** Whether a device may have one more connection; it holds its place until the channel is closed. */
  boolean place(Kind kind, Device device, Channel channel) {
    if (!places.take(device.deviceId())) {
      meters(kind).turnedAway();
      return false;
    }
    ChannelFutureListener gone = closed -> places.giveBack(device.deviceId());
    var unused = channel.closeFuture().addListener(gone);
    return true;
  }

  /** Whether {@link #place} would say no now, which is counted. */
  boolean isFull(Kind kind, Device device) {
    boolean full = places.isFull(device.deviceId());
    if (full) {
      meters(kind).turnedAway();
    }
    return full;
  }

  /** For a new connection, on its event loop; {@code brake} may be used before this returns. */
  Turnstile open(Kind kind, Device device, Turnstile.Brake brake) {
    Function<Admitted, Lane> lane = quotas.limits().believesAll()
        ? admitted -> admitted.backfill() ? Lane.BACKLOG : Lane.LIVE
        : admitted -> clocks.judge(device.deviceId(), admitted);
    return new Turnstile(vertx, quotas.open(device), lane, meters(kind), brake);
  }

  /** Told of what keeps a connection from being read. */
  Consumer<ReadGate.Reason> holds(Kind kind) {
    return meters(kind)::held;
  }

  private DoorMeters meters(Kind kind) {
    return Objects.requireNonNull(meters.get(kind));
  }
}
