package io.pacewire.sdk.internal;

import io.pacewire.wire.ServerFrame;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection up while it is wanted: token first, then the uplink, backoff with full
 * jitter between tries, a new token well before the old one ends. Used by the uploader's thread;
 * events of an earlier connection are ignored.
 */
final class ConnectionKeeper {
  /** What the uploader wants to know of the connection. */
  interface Owner {
    void up();

    void down(@Nullable String reason);

    void received(ServerFrame frame);

    void acked(UUID sessionId, int writer, int seq);

    /** Nothing is on its way: the connection may be replaced without cost. */
    boolean isDrained();
  }

  private enum State {
    IDLE,
    WAITING,
    TOKEN,
    CONNECTING,
    UP,
    CLOSED
  }

  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Uplink uplink;
  private final TokenKeeper tokens;
  private final Backoff backoff;
  private final Loop loop;
  private final Owner owner;
  private State state = State.IDLE;
  private @Nullable AccessToken token;
  private @Nullable Attempt current;
  private @Nullable ScheduledFuture<?> retry;
  private long nextRenewalNanos = System.nanoTime();
  private long drainUntilNanos;
  private boolean draining;

  ConnectionKeeper(Uplink uplink, TokenKeeper tokens, Backoff backoff, Loop loop, Owner owner) {
    this.uplink = uplink;
    this.tokens = tokens;
    this.backoff = backoff;
    this.loop = loop;
    this.owner = owner;
  }

  boolean isUp() {
    return state == State.UP;
  }

  /** Whether batches may be sent: not while the connection is about to be replaced. */
  boolean maySend() {
    return state == State.UP && !draining;
  }

  void want() {
    if (state == State.IDLE) {
      begin();
    }
  }

  /** The network is back: whatever the backoff says, try now. */
  void retryNow() {
    backoff.reset();
    if (state == State.WAITING) {
      cancelRetry();
      begin();
    }
  }

  /** The platform took something: the next failure is a first one again. */
  void proved() {
    backoff.reset();
  }

  void tick(long nowNanos) {
    if (state != State.UP) {
      return;
    }
    if (draining && (owner.isDrained() || nowNanos - drainUntilNanos >= 0)) {
      drop(null);
    } else if (!draining && token != null && token.isDue(nowNanos)) {
      renew(nowNanos);
    }
  }

  /** Replaces the token soon, whatever its age: the platform says it is about to expire. */
  void renewSoon() {
    if (state == State.UP && !draining) {
      renew(System.nanoTime());
    }
  }

  /** Ends the connection; a reason makes it a failure, so that the backoff counts it. */
  void drop(@Nullable String reason) {
    Attempt attempt = current;
    if (attempt != null) {
      uplink.disconnect();
      over(attempt, reason, false);
    }
  }

  void close() {
    drop(null);
    cancelRetry();
    state = State.CLOSED;
    tokens.close();
    uplink.release();
  }

  private void begin() {
    AccessToken present = token;
    if (present != null && !present.isDue(System.nanoTime())) {
      connect(present);
      return;
    }
    state = State.TOKEN;
    if (!tokens.isAsking()) {
      fetch();
    }
  }

  private void fetch() {
    tokens.fetch(
        fetched -> loop.execute(() -> tokenArrived(fetched)),
        failure -> loop.execute(() -> tokenFailed(failure)));
  }

  private void tokenArrived(AccessToken fetched) {
    tokens.answered();
    token = fetched;
    if (state == State.TOKEN) {
      connect(fetched);
    } else if (state == State.UP && !uplink.renew(fetched.value())) {
      draining = true;
      drainUntilNanos = System.nanoTime() + DRAIN_NANOS;
    }
  }

  private void tokenFailed(String failure) {
    tokens.answered();
    if (state == State.TOKEN) {
      owner.down(failure);
      retryLater();
    }
  }

  private void connect(AccessToken with) {
    state = State.CONNECTING;
    draining = false;
    Attempt attempt = new Attempt();
    current = attempt;
    uplink.connect(with.value(), attempt);
  }

  private void renew(long nowNanos) {
    if (tokens.isAsking() || nowNanos - nextRenewalNanos < 0) {
      return;
    }
    nextRenewalNanos = nowNanos + TimeUnit.SECONDS.toNanos(2);
    fetch();
  }

  private void over(Attempt attempt, @Nullable String reason, boolean tokenRefused) {
    if (current != attempt) {
      return;
    }
    boolean replaced = draining && reason == null;
    current = null;
    draining = false;
    if (tokenRefused) {
      token = null;
    }
    state = State.IDLE;
    owner.down(reason);
    if (replaced) {
      begin();
    } else if (reason != null) {
      retryLater();
    }
  }

  private void retryLater() {
    state = State.WAITING;
    retry = loop.schedule(
        () -> {
          if (state == State.WAITING) {
            begin();
          }
        },
        backoff.nextMs());
  }

  private void cancelRetry() {
    if (retry != null) {
      boolean unused = retry.cancel(false);
      retry = null;
    }
  }

  private final class Attempt implements UplinkEvents {
    @Override
    public void opened() {
      post(() -> {
        state = State.UP;
        owner.up();
      });
    }

    @Override
    public void received(ServerFrame frame) {
      post(() -> owner.received(frame));
    }

    @Override
    public void acked(UUID sessionId, int writer, int seq) {
      post(() -> owner.acked(sessionId, writer, seq));
    }

    @Override
    public void closed(String reason, boolean tokenRefused) {
      post(() -> {
        uplink.disconnect();
        over(this, reason, tokenRefused);
      });
    }

    private void post(Runnable event) {
      loop.execute(() -> {
        if (current == this) {
          event.run();
        }
      });
    }
  }
}
