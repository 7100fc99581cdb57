package io.pacewire.sdk.internal;

import io.pacewire.sdk.TokenSource;
import io.pacewire.wire.ServerFrame;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * Brings sealed batches to the platform: the newest first thing, then the backlog, oldest first;
 * again what was not acknowledged, and what was acknowledged but does not get stored. Everything
 * happens on one thread of its own.
 */
public final class SyncUploader implements ConnectionKeeper.Owner {
  private static final int FRAME_OVERHEAD = 256; // what envelope and frame add around a batch
  private static final int LONGEST_HOLD_MS = 60_000;
  private static final long CLOSE_PATIENCE_MS = 3_000;

  /** A store that hangs holds up nothing that is sealed. */
  private static final long MOST_SEALING_NANOS = 1_000_000_000;

  private final SqliteSampleStore store;
  private final UploadSettings settings;
  private final Clock clock;
  private final UploadEvents events;
  private final LinkStatus status = new LinkStatus();
  private final Uplink uplink;
  private final Loop loop;
  private final ConnectionKeeper connection;
  private final SendWindow window;
  private final LedgerBook book;
  private @Nullable ScheduledFuture<?> nextTick;
  private long idleSinceNanos;
  private long connectedAtNanos;
  private long sealedAtNanos;
  private long holdUntilNanos = System.nanoTime();
  private long sealingUntilNanos = System.nanoTime();
  private int platformBatchBytes = Integer.MAX_VALUE;

  public SyncUploader(
      SqliteSampleStore store,
      Uplink uplink,
      TokenSource tokens,
      UploadSettings settings,
      Clock clock,
      UploadEvents events) {
    this.store = store;
    this.settings = settings;
    this.clock = clock;
    this.events = events;
    this.uplink = uplink;
    this.loop = new Loop(status::failed);
    this.window = new SendWindow(settings.maxInFlight, settings.maxInFlightBytes);
    this.book = new LedgerBook(store, window, settings, events);
    Backoff backoff = new Backoff(settings.backoffBaseMs, settings.backoffCapMs, new Random());
    this.connection = new ConnectionKeeper(uplink, new TokenKeeper(tokens), backoff, loop, this);
  }

  /** Takes up what an earlier run of the app left, and begins. */
  public void start() {
    loop.execute(() -> {
      for (StoredSession session : store.sessions()) {
        UploadLane unused = book.add(session);
      }
      sealedAtNanos = System.nanoTime();
      tick();
    });
  }

  public LinkStatus status() {
    return status;
  }

  /** A session began or goes on: connect now and upload at the pace of a live session. */
  public void wake() {
    loop.execute(this::tick);
  }

  public void networkAvailable() {
    loop.execute(() -> {
      connection.retryNow();
      tick();
    });
  }

  public void sealed(StoredSession session, int seq) {
    loop.execute(() -> {
      book.add(session).sealed(seq);
      if (connection.isUp()) {
        pump();
      } else {
        tick();
      }
    });
  }

  public void changed(StoredSession session) {
    loop.execute(() -> book.forgetIfDone(session));
  }

  /** Ends the upload. What was not sent stays in the store. */
  public void close() {
    loop.close(connection::close, CLOSE_PATIENCE_MS);
  }

  // Owner: events of the connection, on the loop.

  @Override
  public void up() {
    status.up();
    connectedAtNanos = System.nanoTime();
    sealedAtNanos = connectedAtNanos - 1;
    events.connection(true, null);
    store.seal(0);
    book.connected(connectedAtNanos);
    for (UploadLane lane : book.lanes()) {
      uplink.query(lane.session());
    }
    // What is sealed now goes first: a backlog before it would be in its way for minutes.
    sealingUntilNanos = connectedAtNanos + MOST_SEALING_NANOS;
    var unused = store
        .flush()
        .whenComplete((done, fault) -> loop.execute(() -> {
          sealingUntilNanos = System.nanoTime();
          pump();
        }));
    tick();
  }

  @Override
  public void down(@Nullable String reason) {
    boolean was = status.connected();
    status.down(reason);
    window.clear();
    book.disconnected();
    if (was || reason != null) {
      events.connection(false, reason);
    }
    if (was) {
      loop.execute(this::tick);
    }
  }

  @Override
  public void received(ServerFrame frame) {
    int maxBytes = frame.maxBatchBytes();
    if (maxBytes > 0 && maxBytes != platformBatchBytes) {
      platformBatchBytes = maxBytes;
      store.sealAt(maxBytes - FRAME_OVERHEAD);
    }
    if (frame.window() > 0) {
      window.limit(frame.window());
    }
    if ("token-expires".equals(frame.warning())) {
      connection.renewSoon();
    }
    if (frame.retryAfterMs() > 0) {
      hold(Math.min(LONGEST_HOLD_MS, frame.retryAfterMs()));
    }
    if (book.apply(frame, System.nanoTime())) {
      connection.proved();
    }
    pump();
  }

  @Override
  public void acked(UUID sessionId, int writer, int seq) {
    if (book.ack(sessionId, writer, seq, System.nanoTime())) {
      connection.proved();
    }
    pump();
  }

  @Override
  public boolean isDrained() {
    return window.isEmpty();
  }

  private void tick() {
    long now = System.nanoTime();
    boolean wanted = isWanted();
    if (wanted) {
      idleSinceNanos = now;
      connection.want();
    } else if (connection.isUp() && ms(now - idleSinceNanos) > settings.idleMs) {
      connection.drop(null);
    }
    sealIfDue(now);
    connection.tick(now);
    if (connection.isUp()) {
      book.releaseLate(now);
      checkStalls(now);
      pump();
    }
    book.publish();
    scheduleTick(wanted || connection.isUp());
  }

  private void sealIfDue(long now) {
    long interval = settings.intervalMs(isRecording());
    // Ticks come a little early or late; half an interval of slack keeps the pace even.
    if (connection.isUp() && ms(now - sealedAtNanos) * 2 >= interval) {
      sealedAtNanos = now;
      store.seal(0);
    } else if (!connection.isUp()) {
      store.seal(settings.offlineSealMs());
    }
  }

  private void scheduleTick(boolean again) {
    if (nextTick != null) {
      boolean unused = nextTick.cancel(false);
      nextTick = null;
    }
    if (again) {
      long delay = Math.min(settings.intervalMs(isRecording()), settings.housekeepingMs());
      nextTick = loop.schedule(this::tick, delay);
    }
  }

  private boolean isRecording() {
    for (StoredSession session : store.sessions()) {
      if (session.recording) {
        return true;
      }
    }
    return false;
  }

  private boolean isWanted() {
    for (StoredSession session : store.sessions()) {
      if (session.recording || !session.progress().isSettled()) {
        return true;
      }
    }
    return false;
  }

  private void checkStalls(long now) {
    for (UploadLane lane : book.lanes()) {
      if (book.isAckLate(lane, now)) {
        connection.drop("no acknowledgement for " + settings.ackTimeoutMs + " ms");
        return;
      }
      if (book.isStoredLate(lane, now)) {
        book.asked(lane, now);
        uplink.query(lane.session());
      }
    }
  }

  /** The platform asked for a pause: what it deferred, and the rest, goes after it. */
  private void hold(int ms) {
    holdUntilNanos = System.nanoTime() + ms * 1_000_000L;
    ScheduledFuture<?> unused = loop.schedule(this::pump, ms + 1L);
  }

  private boolean isHeld(long now) {
    return now - holdUntilNanos < 0 || now - sealingUntilNanos < 0;
  }

  private void pump() {
    if (!connection.maySend() || isHeld(System.nanoTime())) {
      return;
    }
    try {
      for (UploadLane lane : book.lanes()) {
        boolean unused = send(lane, lane.nextFresh(), true);
      }
      for (UploadLane lane : book.lanes()) {
        while (send(lane, lane.nextOldest(), false)) {
          // One more went; send() says when the window is full or the lane is empty.
        }
      }
    } catch (SQLException e) {
      status.failed("store: " + e.getMessage());
    }
    book.publish();
  }

  private boolean send(UploadLane lane, int seq, boolean live) throws SQLException {
    if (seq < 0 || !window.hasRoom(live)) {
      return false;
    }
    StoredSession session = lane.session();
    byte[] batch = store.file().readBatch(session, seq);
    if (batch == null) {
      lane.forget(seq);
      return true;
    }
    book.sending(lane, seq, System.nanoTime());
    window.sent(session, seq, batch.length);
    uplink.send(session, seq, batch, clock.millis());
    return true;
  }

  private static long ms(long nanos) {
    return nanos / 1_000_000;
  }
}
