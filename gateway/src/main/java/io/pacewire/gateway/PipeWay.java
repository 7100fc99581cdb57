package io.pacewire.gateway;

import static java.lang.System.Logger.Level.DEBUG;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a stream: bytes as they come. One end is read only while the other takes what it says,
 * so that between them lies no more than a few reads. Used from one event loop.
 */
final class PipeWay {
  private static final System.Logger LOG = System.getLogger(PipeWay.class.getName());

  /** Of each direction of each stream: all of them wait at once where Kafka stalls. */
  private static final int WAITING_BYTES = 32_768;

  private final NetSocket from;
  private final NetSocket to;
  private final FrameCourse course = new FrameCourse();
  private boolean held;
  private boolean ended;
  private @Nullable Buffer lastFrame;

  PipeWay(NetSocket from, NetSocket to) {
    this.from = from;
    this.to = to;
  }

  /** @param heard is run whenever something came */
  void open(Runnable heard) {
    to.setWriteQueueMaxSize(WAITING_BYTES);
    to.drainHandler(drained -> {
      held = false;
      from.resume();
    });
    from.exceptionHandler(cause -> LOG.log(DEBUG, "stream: {0}", cause.getMessage()));
    from.handler(bytes -> {
      pass(bytes);
      heard.run();
    });
  }

  FrameCourse course() {
    return course;
  }

  /** Whether the one end cannot be heard, as the other does not read. */
  boolean isHeld() {
    return held;
  }

  /** Says a last thing where a frame ends; what would come after it goes nowhere. */
  void end(Buffer last) {
    if (ended || course.isClosed()) {
      return;
    }
    if (course.isBetweenFrames()) {
      ended = true;
      write(last);
    } else {
      lastFrame = last;
    }
  }

  private void pass(Buffer bytes) {
    Buffer last = lastFrame;
    if (ended) {
      course.pass(bytes);
      if (course.isClosed()) { // it agrees
        discard(from.close());
      }
    } else if (last == null) {
      course.pass(bytes);
      write(bytes);
    } else {
      int end = course.toEnd(bytes, 0);
      write(bytes.slice(0, end));
      if (course.isBetweenFrames()) {
        end(last);
        course.pass(bytes.slice(end, bytes.length()));
      }
    }
  }

  private void write(Buffer bytes) {
    discard(to.write(bytes));
    if (!held && to.writeQueueFull()) {
      held = true;
      from.pause();
    }
  }

  private static void discard(Future<?> done) {
    done.onFailure(cause -> LOG.log(DEBUG, "not passed: {0}", cause.getMessage()));
  }
}
