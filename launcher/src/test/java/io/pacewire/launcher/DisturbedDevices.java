package io.pacewire.launcher;

import io.pacewire.launcher.DisturbedSession.Delivery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Many sessions at once, a new one for each that ends, each sent in its disorder. */
final class DisturbedDevices implements AutoCloseable {
  private static final long RECORDED_BEFORE_MS = TimeUnit.HOURS.toMillis(4);
  private static final int SESSIONS_AT_ONCE = 24;
  private static final int SENT_A_TICK = 6;
  private static final long TICK_MS = 20;
  private static final int TICKS_A_BEAT = 50;

  private final StandInIngest ingest;
  private final Random random;
  private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
  private final List<DisturbedSession> all = new ArrayList<>();
  private final List<DisturbedSession> twins = new ArrayList<>();
  private final Map<DisturbedSession, Deque<Delivery>> active = new HashMap<>();
  private final Deque<DisturbedSession> waiting = new ArrayDeque<>();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private int ticked;
  private boolean beginning = true;

  DisturbedDevices(StandInIngest ingest, long seed) {
    this.ingest = ingest;
    random = new Random(seed);
  }

  void start() {
    var unused = ticks.scheduleAtFixedRate(this::safeTick, 0, TICK_MS, TimeUnit.MILLISECONDS);
  }

  long sent() {
    Throwable fault = failure.get();
    if (fault != null) {
      throw new AssertionError("a device could not send", fault);
    }
    return sent.get();
  }

  synchronized List<DisturbedSession> sessions() {
    return List.copyOf(all);
  }

  /** The undisturbed ones, at the places of {@link #sessions()}. */
  synchronized List<DisturbedSession> twins() {
    return List.copyOf(twins);
  }

  /** No session begins any more; those that did are sent to their end. */
  synchronized void end() {
    beginning = false;
  }

  synchronized boolean isEveryoneDone() {
    return !beginning && active.isEmpty();
  }

  /** What comes when its session was given up; of sessions whose other batches were sent. */
  synchronized void sendAfterwards() {
    while (!waiting.isEmpty()) {
      DisturbedSession session = waiting.poll();
      session.afterwards.forEach(delivery -> send(session, delivery));
    }
    ingest.flush();
  }

  /** Each session again, once and in order, by somebody whom nothing disturbs. */
  synchronized void sendTwins() {
    for (DisturbedSession session : all) {
      DisturbedSession twin = session.undisturbed();
      twins.add(twin);
      twin.deliveries.forEach(delivery -> send(twin, delivery));
    }
    ingest.flush();
  }

  private void safeTick() {
    try {
      tick();
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  private synchronized void tick() {
    if (ticked++ % TICKS_A_BEAT == 0) {
      ingest.beat();
    }
    while (beginning && active.size() < SESSIONS_AT_ONCE) {
      begin();
    }
    List<DisturbedSession> choice = new ArrayList<>(active.keySet());
    for (int i = 0; i < SENT_A_TICK && !choice.isEmpty(); i++) {
      sendNext(choice.get(random.nextInt(choice.size())));
    }
  }

  private void sendNext(DisturbedSession session) {
    Deque<Delivery> rest = active.getOrDefault(session, new ArrayDeque<>());
    if (!rest.isEmpty()) {
      send(session, rest.poll());
    } else if (active.remove(session) != null) {
      waiting.add(session);
    }
  }

  private void begin() {
    DisturbedSession session =
        DisturbedSession.of(random.nextLong(), ingest.nowMs() - RECORDED_BEFORE_MS);
    all.add(session);
    active.put(session, new ArrayDeque<>(session.deliveries));
  }

  private void send(DisturbedSession session, Delivery delivery) {
    ingest.send(session, delivery);
    sent.incrementAndGet();
  }

  @Override
  public void close() {
    ticks.shutdownNow();
  }
}
