package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Two training nodes, JVMs of their own, and what is done to them. */
final class TrainingNodes implements AutoCloseable {
  static final int NODES = 2;

  /** Each node's. */
  static final int CONSUMERS = 2;

  private static final long BEAT_MS = 100;

  /** What can happen to a node. */
  enum Blow {
    /** {@code kill -9}, and another takes its place. */
    KILL,
    /** It stands still until the other has taken its partitions and gone on, then wakes. */
    ZOMBIE,
    /** It stands still for less long than anybody would notice. */
    BLINK,
    /** Both at once. */
    KILL_BOTH,
    /** {@code kill -9} of PostgreSQL, amid whatever both have under way there. */
    DATABASE
  }

  private final TrainingServers servers;
  private final TrainingGroup group;
  private final Map<String, String> settings;
  private final Random random;
  private final NodeProcess[] nodes = new NodeProcess[NODES];
  private final AtomicInteger started = new AtomicInteger();
  private int asked;
  private int victim;

  TrainingNodes(
      TrainingServers servers, TrainingGroup group, Map<String, String> settings, long seed) {
    this.servers = servers;
    this.group = group;
    this.settings = new HashMap<>(settings);
    this.settings.put("training.consumers", String.valueOf(CONSUMERS));
    this.random = new Random(seed);
    this.victim = random.nextInt(NODES);
    startAll();
  }

  /** At the same time, as after an outage. */
  private void startAll() {
    List<CompletableFuture<NodeProcess>> starting = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      starting.add(CompletableFuture.supplyAsync(this::start));
    }
    for (int i = 0; i < NODES; i++) {
      put(i, starting.get(i).join());
    }
  }

  private NodeProcess start() {
    try {
      return servers.node("training-" + started.getAndIncrement(), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of one after the other; it may be dead or frozen. */
  synchronized int port() {
    return nodes[asked++ % NODES].port("training.port");
  }

  /** The nodes take turns. Returns when it is done, not when they have got over it. */
  void strike(Blow blow, DisturbedDevices devices) throws Exception {
    if (blow == Blow.BLINK) {
      victim = (victim + 1) % NODES;
      nodes[victim].freeze();
      untilSent(devices, 50 + random.nextInt(300));
      nodes[victim].thaw();
    } else {
      strike(blow);
    }
  }

  /** Where no devices send: time goes on meanwhile, so that who is frozen is missed by what others consume. */
  void strike(Blow blow, StandInIngest ingest) throws Exception {
    ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor();
    try {
      var unused = beats.scheduleWithFixedDelay(
          () -> ingest.advance(BEAT_MS), 0, BEAT_MS, TimeUnit.MILLISECONDS);
      strike(blow);
    } finally {
      beats.shutdown();
      assertThat(beats.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  private void strike(Blow blow) throws Exception {
    victim = (victim + 1) % NODES;
    switch (blow) {
      case KILL -> replace(victim);
      case ZOMBIE -> {
        nodes[victim].freeze();
        group.untilReadBy((NODES - 1) * CONSUMERS);
        group.untilGoneOnEverywhere();
        nodes[victim].thaw();
      }
      case BLINK -> throw new IllegalArgumentException("how long says what devices send");
      case KILL_BOTH -> {
        nodes[1 - victim].kill();
        nodes[victim].kill();
        startAll();
      }
      case DATABASE -> servers.killPostgres();
    }
  }

  private void replace(int victim) throws Exception {
    nodes[victim].kill();
    put(victim, start());
  }

  private synchronized void put(int place, NodeProcess node) {
    nodes[place] = node;
  }

  private static void untilSent(DisturbedDevices devices, int more) {
    long enough = devices.sent() + more;
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> devices.sent() >= enough);
  }

  @Override
  public void close() {
    for (NodeProcess node : nodes) {
      if (node != null) {
        node.close();
      }
    }
  }
}
