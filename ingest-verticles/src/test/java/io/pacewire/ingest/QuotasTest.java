package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.ingest.Quota.Verdict;
import io.pacewire.platform.config.ConfigSection;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuotasTest {
  private static final Limit NONE = Limit.whole("none", 0, 0, 1, 1);
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger nodes = new AtomicInteger(1);
  private final UUID athlete = UUID.randomUUID();

  @Test
  void theLimitThatActs_isNamed_andTheNarrowestActs() {
    Quotas quotas = quotas(limit("device", 4), limit("athlete", 6), NONE, NONE, NONE);
    Quota first = quotas.open(device(athlete));
    Quota second = quotas.open(device(athlete));
    Quota strangers = quotas.open(device(UUID.randomUUID()));
    assertThat(take(first, 4, false)).isEqualTo(Verdict.PASS);
    assertThat(take(first, 1, false).limit()).isEqualTo("device");
    assertThat(take(second, 2, false).limit()).isEqualTo("athlete");
    assertThat(take(strangers, 4, false)).isEqualTo(Verdict.PASS);
  }

  @Test
  void comingAnew_gainsNothing() {
    Quotas quotas = quotas(limit("device", 2), NONE, NONE, NONE, NONE);
    Device device = device(athlete);
    Quota first = quotas.open(device);
    take(first, 3, false);
    first.close();
    Quota again = quotas.open(device);
    assertThat(again.debt().waitMs()).isEqualTo(500);
    assertThat(again.debt().limit()).isEqualTo("device");
  }

  @Test
  void comingAnew_gainsNothing_withABacklogEither() {
    Quotas quotas =
        quotas(limit("device", 9), NONE, NONE, limit("deviceBackfill", 2), limit("node", 2));
    Device device = device(athlete);
    Quota first = quotas.open(device);
    take(first, 3, true);
    first.close();
    assertThat(quotas.open(device).debt().waitMs()).isEqualTo(500);
    assertThat(quotas.open(device).debt().limit()).isEqualTo("deviceBackfill");
    assertThat(quotas.open(device(athlete)).debt())
        .as("the node's debt is not that of a device that may be live")
        .isEqualTo(Verdict.PASS);
  }

  @Test
  void backlogHasItsOwnLimits_andSpendsNothingOfTheDevicesLiveOne() {
    Quotas quotas = quotas(
        limit("device", 2), NONE, NONE, limit("deviceBackfill", 5), limit("nodeBackfill", 7));
    Quota first = quotas.open(device(athlete));
    Quota second = quotas.open(device(athlete));
    assertThat(take(first, 6, true).limit()).isEqualTo("deviceBackfill");
    assertThat(take(first, 2, false)).isEqualTo(Verdict.PASS);
    assertThat(take(second, 2, true).limit()).isEqualTo("nodeBackfill");
  }

  @Test
  void farBeyond_aBatchIsRefused_atNoCost_andPassesLater() {
    Quotas quotas = quotas(limit("device", 2), NONE, NONE, NONE, NONE);
    Quota quota = quotas.open(device(athlete));
    Verdict refused = take(quota, 6, false);
    assertThat(refused.refused()).isTrue();
    assertThat(refused.waitMs()).isEqualTo(1_500);
    assertThat(take(quota, 100, false).waitMs()).isEqualTo(1_500);
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1_500));
    assertThat(quota.take(1, false).refused()).isFalse();
  }

  @Test
  void athletesOfATenant_shareItsLimit_andNoOther() {
    Quotas quotas = quotas(NONE, NONE, limit("tenant", 4), NONE, NONE);
    Quota first = quotas.open(device(athlete, "gym"));
    Quota second = quotas.open(device(UUID.randomUUID(), "gym"));
    Quota elsewhere = quotas.open(device(UUID.randomUUID(), "club"));
    assertThat(take(first, 4, false)).isEqualTo(Verdict.PASS);
    assertThat(take(second, 1, false).limit()).isEqualTo("tenant");
    assertThat(take(elsewhere, 4, false)).isEqualTo(Verdict.PASS);
  }

  @Test
  void moreNodes_haveLessEach() {
    Quotas quotas = quotas(NONE, NONE, limit("tenant", 4).dividedDownTo(0, 0), NONE, NONE);
    Quota quota = quotas.open(device(athlete));
    nodes.set(2);
    assertThat(take(quota, 2, false)).isEqualTo(Verdict.PASS);
    assertThat(take(quota, 1, false).waitMs()).isEqualTo(500);
  }

  /** It is on one node at a time: whatever the others leave, nobody takes. */
  @Test
  void moreNodes_slowNoDevice_thatKeepsToItsOwnLimits() {
    LimitSettings limits = LimitSettings.from(ConfigSection.root(JsonObject.of(
            "ingest",
            JsonObject.of(
                "limits",
                JsonObject.of(
                    "burstS",
                    1,
                    "debtS",
                    1,
                    "device",
                    JsonObject.of("batchesPerS", 6),
                    "deviceBackfill",
                    JsonObject.of("batchesPerS", 3),
                    "athlete",
                    JsonObject.of("batchesPerS", 20)))))
        .section("ingest"));
    nodes.set(50);
    Quotas quotas = new Quotas(limits, nodes::get, nanos::get);
    Quota watch = quotas.open(device(athlete));
    assertThat(take(watch, 6, false)).isEqualTo(Verdict.PASS);
    assertThat(take(watch, 3, true)).isEqualTo(Verdict.PASS);
    Quota phone = quotas.open(device(athlete));
    assertThat(take(phone, 1, false).limit())
        .as("what all devices of an athlete have together is divided")
        .isEqualTo("athlete");
  }

  @Test
  void whoHasLeft_isForgotten_onceNothingIsOwed() {
    Quotas quotas = quotas(limit("device", 2), limit("athlete", 50), NONE, NONE, NONE);
    for (int i = 0; i < 100; i++) {
      Quota quota = quotas.open(device(UUID.randomUUID()));
      take(quota, 2, false);
      quota.close();
      quota.close();
    }
    assertThat(quotas.size()).isEqualTo(200);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(61));
    Quota present = quotas.open(device(athlete));
    assertThat(quotas.size()).isEqualTo(2);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(61));
    quotas.open(device(athlete)).close();
    assertThat(quotas.size()).as("the present one is kept").isEqualTo(3);
    assertThat(take(present, 1, false)).isEqualTo(Verdict.PASS);
  }

  @Test
  void withoutLimits_everythingPasses() {
    Quota quota = quotas(NONE, NONE, NONE, NONE, NONE).open(device(athlete));
    assertThat(take(quota, 10_000, false)).isEqualTo(Verdict.PASS);
    assertThat(take(quota, 10_000, true)).isEqualTo(Verdict.PASS);
    assertThat(quota.debt()).isEqualTo(Verdict.PASS);
  }

  private Quotas quotas(Limit device, Limit athletes, Limit tenant, Limit own, Limit node) {
    return new Quotas(
        new LimitSettings(device, athletes, tenant, own, node, 0, 0, 0), nodes::get, nanos::get);
  }

  /** So many a second, a second's worth at once, a second of debt. */
  private static Limit limit(String name, int batchesPerS) {
    return Limit.whole(name, batchesPerS, 0, 1, 1);
  }

  private static Device device(UUID athlete) {
    return device(athlete, "public");
  }

  private static Device device(UUID athlete, String tenant) {
    return new Device(athlete, UUID.randomUUID(), tenant, Long.MAX_VALUE, 0);
  }

  private static Verdict take(Quota quota, int times, boolean backfill) {
    Verdict last = Verdict.PASS;
    for (int i = 0; i < times; i++) {
      last = quota.take(100, backfill);
    }
    return last;
  }
}
