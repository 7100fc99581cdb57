package io.pacewire.gateway;

import io.vertx.core.Vertx;
import java.util.function.Consumer;

/**
 * The connections of a device and of ingest made one: frames pass as bytes, whatever they are, so that each
 * end gets the pings, pongs, limits and last words of the other and no frame is put together here. Used from
 * one event loop.
 */
final class SocketPipe {
  private static final long NEVER = 0;

  private final Vertx vertx;
  private final PipeEnd device;
  private final PipeEnd ingest;
  private final PipeWay up;
  private final PipeWay down;
  private final Consumer<SocketPipe> ended;
  private long heardNanos = System.nanoTime();
  private long askedNanos = NEVER;
  private boolean over;

  /** @param ended runs once, when the first of the two is gone */
  SocketPipe(Vertx vertx, PipeEnd device, PipeEnd ingest, Consumer<SocketPipe> ended) {
    this.vertx = vertx;
    this.device = device;
    this.ingest = ingest;
    this.up = new PipeWay(device.socket(), ingest.socket());
    this.down = new PipeWay(ingest.socket(), device.socket());
    this.ended = ended;
  }

  /** Both are paused. */
  void open() {
    up.open(() -> {
      heardNanos = System.nanoTime();
      if (up.course().tookQuestion() && askedNanos == NEVER) {
        askedNanos = heardNanos;
      }
    });
    down.open(() -> {
      heardNanos = System.nanoTime();
      askedNanos = NEVER;
    });
    device.socket().closeHandler(closed -> {
      over();
      ingest.close(vertx);
    });
    ingest.socket().closeHandler(closed -> {
      over();
      down.end(CloseFrame.goingAway("ingest went away").toDevice());
      device.close(vertx);
    });
    device.socket().resume();
    ingest.socket().resume();
  }

  /** This node goes: both are told. */
  void close() {
    close("the server stops", "the gateway stops");
  }

  /**
   * Ends a stream one end of which is not there any more, though nothing says so: ingest, which answers
   * whatever it is asked, or both, where nothing comes from either.
   */
  void look(long withinNanos, long nowNanos) {
    if (up.isHeld()) {
      heardNanos = nowNanos; // who is not read cannot be heard
    }
    if (down.isHeld()) {
      askedNanos = NEVER; // the answer may lie where the device does not take it
    }
    if (over) {
      return;
    }
    if (askedNanos != NEVER && nowNanos - askedNanos > withinNanos) {
      close("ingest does not answer", "no answer");
    } else if (nowNanos - heardNanos > withinNanos) {
      close("silent", "silent");
    }
  }

  private void close(String toDevice, String toIngest) {
    if (over) {
      return;
    }
    over();
    down.end(CloseFrame.goingAway(toDevice).toDevice());
    up.end(CloseFrame.goingAway(toIngest).toIngest());
    device.socket().resume(); // what it says now is not kept
    ingest.socket().resume();
    device.closeSoon(vertx);
    ingest.closeSoon(vertx);
  }

  private void over() {
    if (!over) {
      over = true;
      ended.accept(this);
    }
  }
}
