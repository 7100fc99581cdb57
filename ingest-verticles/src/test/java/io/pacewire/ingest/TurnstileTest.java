package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pacewire.ingest.Admission.Admitted;
import io.pacewire.ingest.Admission.Deferred;
import io.pacewire.ingest.Admission.Refused;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Envelope;
import io.pacewire.wire.SampleBatch;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When a connection is no longer read, and when it is again. */
class TurnstileTest {
  private static final int BYTES = 100;
  private static final long NOW_MS = 1_780_000_000_000L;
  private static final UUID SESSION = UUID.fromString("01970000-0000-7000-8000-000000000001");
  private static final Limit NONE = Limit.whole("none", 0, 0, 1, 1);

  private final AtomicLong nanos = new AtomicLong();
  private final Map<Long, Handler<Long>> timers = new LinkedHashMap<>();
  private final Map<Long, Long> delaysMs = new LinkedHashMap<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private boolean held;
  private int holds;

  private final Turnstile.Brake brake = new Turnstile.Brake() {
    @Override
    public void hold() {
      held = true;
      holds++;
    }

    @Override
    public void release() {
      held = false;
    }
  };

  @Test
  void liveBatches_areSlowedFromTheFirstThatIsOver_untilTheirDebtIsPaid() {
    Turnstile turnstile = turnstile(limit("device", 4), NONE);
    pass(turnstile, false, 4);
    assertThat(held).isFalse();
    pass(turnstile, false, 1);
    assertThat(held).isTrue();
    assertThat(delaysMs.values()).containsExactly(250L);
    due();
    assertThat(held).isFalse();
    assertThat(registry
            .counter("pacewire.ingest.slowed", "door", "mqtt", "limit", "device")
            .count())
        .isEqualTo(1);
  }

  /** Ten a second are free, then eight at a time: the brake acts with the sixteenth. */
  @Test
  void aBacklog_waitsForEightAtOnce() {
    Turnstile turnstile = turnstile(NONE, limit("deviceBackfill", 10));
    pass(turnstile, true, 15);
    assertThat(held).isFalse();
    pass(turnstile, true, 1);
    assertThat(held).isTrue();
    assertThat(delaysMs.values()).containsExactly(600L);
    nanos.addAndGet(600_000_000L);
    due();
    pass(turnstile, true, 7);
    assertThat(held).isFalse();
    pass(turnstile, true, 1);
    assertThat(held).isTrue();
    assertThat(holds).isEqualTo(2);
  }

  /** Where much is owed already, each batch more is waited for by itself. */
  @Test
  void aBacklogDeepInDebt_comesOneByOne() {
    Turnstile turnstile = turnstile(NONE, limit("deviceBackfill", 1));
    pass(turnstile, true, 2);
    assertThat(held).isFalse();
    pass(turnstile, true, 1);
    assertThat(delaysMs.values()).containsExactly(2_000L);
    due();
    pass(turnstile, true, 1);
    assertThat(delaysMs.values()).containsExactly(3_000L);
  }

  @Test
  void farOverALimit_aBatchIsDeferred_andSaysUntilWhen() {
    Turnstile turnstile = turnstile(limit("device", 1), NONE);
    pass(turnstile, false, 12);
    Admission last = turnstile.pass(admitted(false), BYTES);
    assertThat(last).isInstanceOf(Deferred.class);
    assertThat(((Deferred) last).retryAfterMs()).isEqualTo(11_000);
    assertThat(registry
            .counter("pacewire.ingest.deferred", "door", "mqtt", "limit", "device")
            .count())
        .isEqualTo(1);
  }

  /** What no batch can be made of costs as much as one. */
  @Test
  void refusals_areSlowed_too() {
    Turnstile turnstile = turnstile(limit("device", 2), NONE);
    Refused refused = new Refused(null, -1, -1, "malformed", "not a batch");
    for (int i = 0; i < 3; i++) {
      assertThat(turnstile.pass(refused, BYTES)).isSameAs(refused);
    }
    assertThat(held).isTrue();
  }

  /** A will, say: one of a device that is far over its limits is not told. */
  @Test
  void whatIsToldOfWhoIsGone_isWithinTheLimits() {
    Turnstile turnstile = turnstile(limit("device", 2), NONE);
    for (int i = 0; i < 23; i++) {
      assertThat(turnstile.maySpend(BYTES)).isTrue();
    }
    assertThat(turnstile.maySpend(BYTES)).isFalse();
  }

  @Test
  void whoCloses_isNotReleasedLater() {
    Turnstile turnstile = turnstile(limit("device", 1), NONE);
    pass(turnstile, false, 3);
    assertThat(timers).hasSize(1);
    turnstile.close();
    assertThat(timers).isEmpty();
    pass(turnstile, false, 1);
    assertThat(timers).isEmpty();
  }

  private void pass(Turnstile turnstile, boolean backfill, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(turnstile.pass(admitted(backfill), BYTES)).isInstanceOf(Admitted.class);
    }
  }

  /** The only timer there is runs out. */
  private void due() {
    assertThat(timers).hasSize(1);
    Map.Entry<Long, Handler<Long>> only = timers.entrySet().iterator().next();
    timers.clear();
    delaysMs.clear();
    only.getValue().handle(only.getKey());
  }

  /** Whether it is backlog says its age. */
  private static Admission admitted(boolean backfill) {
    SampleBatch batch = new SampleBatch();
    batch.header(SESSION, 0, 0, 1);
    batch.heartRates().add(backfill ? NOW_MS - 3_600_000 : NOW_MS, 0, 140, SampleBatch.ABSENT);
    byte[] message = Envelope.encode(NOW_MS, null, BatchCodec.encode(batch));
    return new BatchAdmission(4_096).admit(message, SESSION, NOW_MS);
  }

  private Turnstile turnstile(Limit device, Limit deviceBackfill) {
    LimitSettings limits = new LimitSettings(device, NONE, NONE, deviceBackfill, NONE, 0, 0, 0);
    Device who = new Device(UUID.randomUUID(), UUID.randomUUID(), "public", Long.MAX_VALUE, 0);
    return new Turnstiles(
            vertx(),
            new Quotas(limits, () -> 1, nanos::get),
            ReadRoom.of(1 << 20, 1 << 20, registry),
            registry)
        .open(Turnstiles.Kind.MQTT, who, brake);
  }

  private Vertx vertx() {
    return (Vertx) Proxy.newProxyInstance(
        Vertx.class.getClassLoader(),
        new Class<?>[] {Vertx.class},
        (proxy, method, arguments) -> switch (method.getName()) {
          case "setTimer" -> set((long) arguments[0], arguments[1]);
          case "cancelTimer" -> timers.remove((long) arguments[0]) != null;
          default -> throw new UnsupportedOperationException(method.getName());
        });
  }

  @SuppressWarnings("unchecked")
  private long set(long delayMs, Object handler) {
    long id = timers.size() + 1L;
    timers.put(id, (Handler<Long>) handler);
    delaysMs.put(id, delayMs);
    return id;
  }

  /** A second's worth at once, ten of debt. */
  private static Limit limit(String name, int batchesPerS) {
    return Limit.whole(name, batchesPerS, 0, 1, 10);
  }
}
