package io.pacewire.launcher;

import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.ClientFrame;
import io.pacewire.wire.LedgerEntry;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import io.pacewire.wire.SeqRanges;
import io.pacewire.wire.ServerFrame;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** A phone without a store: sends sealed batches over its stream and counts what comes back. */
final class StreamingPhone {
  private static final int WINDOW = 64;

  final UUID session = UUID.randomUUID();
  final AtomicInteger ackedCount = new AtomicInteger();
  final AtomicInteger refusedCount = new AtomicInteger();
  final AtomicInteger deferredCount = new AtomicInteger();
  private final Vertx vertx;
  private final Context context;
  private final WebSocket socket;
  private final int samplesABatch;
  private final long intervalMs;
  private final long startMs;
  private final Deque<Integer> again = new ArrayDeque<>();
  private int next;
  private int total;
  private int inFlight;
  private boolean waiting;

  /**
   * @param socket not connected yet, or the first message to it may have come and gone
   * @param intervalMs from sample to sample
   * @param startMs when it began to record
   */
  StreamingPhone(Vertx vertx, WebSocket socket, int samplesABatch, long intervalMs, long startMs) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.socket = socket;
    this.samplesABatch = samplesABatch;
    this.intervalMs = intervalMs;
    this.startMs = startMs;
    socket.binaryMessageHandler(message -> {
      ServerFrame frame = ServerFrame.parse(message.getBytes());
      context.runOnContext(turn -> receive(frame));
    });
  }

  /** Sends so many batches, a window at a time, and what is deferred again. */
  void drain(int batches) {
    context.runOnContext(turn -> {
      total = batches;
      pump();
    });
  }

  private void send(int seq) {
    long now = System.currentTimeMillis();
    Future<?> unused =
        socket.writeBinaryMessage(Buffer.buffer(ClientFrame.publish(now, null, batch(seq))));
  }

  private void pump() {
    while (!waiting && inFlight < WINDOW && (next < total || !again.isEmpty())) {
      inFlight++;
      send(again.isEmpty() ? next++ : again.poll());
    }
  }

  private void receive(ServerFrame frame) {
    for (LedgerEntry entry : frame.ledger()) {
      int unused = refusedCount.addAndGet(entry.refused().size());
      each(entry.acked(), seq -> {
        inFlight--;
        ackedCount.incrementAndGet();
      });
      each(entry.deferred(), seq -> {
        inFlight--;
        deferredCount.incrementAndGet();
        again.add(seq);
      });
    }
    if (frame.retryAfterMs() > 0) {
      waiting = true;
      long unused = vertx.setTimer(frame.retryAfterMs(), due -> {
        waiting = false;
        pump();
      });
    }
    pump();
  }

  private static void each(SeqRanges ranges, IntConsumer use) {
    for (int i = 0; i < ranges.count(); i++) {
      for (int seq = ranges.from(i); seq <= ranges.to(i); seq++) {
        use.accept(seq);
      }
    }
  }

  /** GPS and heart rate. */
  private byte[] batch(int seq) {
    SampleBatch batch = new SampleBatch();
    batch.header(session, 0, 0, seq);
    long first = startMs + intervalMs * seq * samplesABatch;
    if (seq == 0) {
      batch.addMark(Mark.start(first, 0, "run", "Europe/Moscow", 10_800, "phone", "1", 1));
    }
    int none = SampleBatch.ABSENT;
    for (int i = 0; i < samplesABatch; i++) {
      long at = first + i * intervalMs;
      int step = seq * samplesABatch + i;
      int latitude = 557_000_000 + step * 270 + step % 7 * 11;
      int longitude = 376_000_000 + step % 5 * 13;
      batch
          .fixes()
          .add(at, at - startMs, latitude, longitude, 15_000 + step % 40, 400, none, 300, none);
      batch.heartRates().add(at, at - startMs, 140 + step % 9, 1);
    }
    return BatchCodec.encode(batch);
  }
}
