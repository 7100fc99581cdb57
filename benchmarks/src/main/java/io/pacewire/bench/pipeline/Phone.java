package io.pacewire.bench.pipeline;

import io.pacewire.wire.LedgerEntry;
import io.pacewire.wire.SeqRanges;
import io.pacewire.wire.ServerFrame;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.util.BitSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One device that sends one recording and waits until it is stored. */
final class Phone {
  private static final int WINDOW = 64;
  private static final int PUBLISH_TAG = 1 << 3 | 2;
  private static final long WITHIN_S = 60;

  /** Held: Vert.x closes one that nobody holds, and its connections. */
  @SuppressWarnings("UnusedVariable")
  private final WebSocketClient sockets;

  private final UUID session;
  private final ClientWebSocket socket;
  private final BitSet stored = new BitSet();
  private @Nullable String fault;
  private int sent;

  private Phone(WebSocketClient sockets, UUID session) {
    this.sockets = sockets;
    this.session = session;
    socket = sockets.webSocket();
    // Before it is connected, or the first message may have come and gone.
    socket.binaryMessageHandler(this::receive);
  }

  static Phone connect(WebSocketClient sockets, int port, String token, UUID session)
      throws Exception {
    Phone phone = new Phone(sockets, session);
    WebSocket unused = get(phone.socket.connect(new WebSocketConnectOptions()
        .setHost("127.0.0.1")
        .setPort(port)
        .setURI("/v1/stream")
        .putHeader("Authorization", "Bearer " + token)));
    return phone;
  }

  static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(WITHIN_S, TimeUnit.SECONDS);
  }

  UUID session() {
    return session;
  }

  /** Sends the envelope of the next batch; waits while much is under way. */
  void send(byte[] envelope) throws IOException, InterruptedException {
    awaitStored(++sent - WINDOW);
    Future<Void> unused = socket.writeBinaryMessage(frame(envelope));
  }

  /** Does not wait. */
  void sendAtOnce(byte[] envelope) {
    sent++;
    Future<Void> unused = socket.writeBinaryMessage(frame(envelope));
  }

  private static Buffer frame(byte[] envelope) {
    Buffer frame = Buffer.buffer(envelope.length + 6).appendByte((byte) PUBLISH_TAG);
    int rest = envelope.length;
    for (; rest > 0x7F; rest >>>= 7) {
      frame.appendByte((byte) (rest | 0x80));
    }
    return frame.appendByte((byte) rest).appendBytes(envelope);
  }

  void awaitAllStored() throws IOException, InterruptedException {
    awaitStored(sent);
  }

  private synchronized void awaitStored(int batches) throws IOException, InterruptedException {
    long deadlineMs = System.currentTimeMillis() + WITHIN_S * 1_000;
    while (stored.cardinality() < batches) {
      long leftMs = deadlineMs - System.currentTimeMillis();
      if (fault != null || leftMs <= 0) {
        throw new IOException("a phone was not told that its batches are stored: " + fault);
      }
      wait(leftMs);
    }
  }

  private synchronized void receive(Buffer message) {
    for (LedgerEntry entry : ServerFrame.parse(message.getBytes()).ledger()) {
      SeqRanges fresh = entry.stored();
      for (int range = 0; range < fresh.count(); range++) {
        stored.set(fresh.from(range), fresh.to(range) + 1);
      }
      if (!entry.refused().isEmpty()) {
        fault = "refused " + entry.refused();
      }
    }
    notifyAll();
  }

  void close() {
    Future<Void> unused = socket.close();
  }
}
