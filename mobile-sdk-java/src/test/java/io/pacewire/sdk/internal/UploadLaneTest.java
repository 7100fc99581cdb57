package io.pacewire.sdk.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UploadLaneTest {
  private final StoredSession session = new StoredSession(1, new UUID(1, 2), 0, "run", 0);

  @Test
  void newBatch_goesFirst_thenTheOldest() {
    UploadLane lane = sealed(5);

    assertThat(lane.nextFresh()).isEqualTo(4);
    lane.sending(4);
    assertThat(lane.nextFresh()).isEqualTo(-1);
    assertThat(drain(lane)).containsExactly(0, 1, 2, 3);
  }

  @Test
  void afterABreak_whatMayHaveArrivedWaitsForTheLedger() {
    UploadLane lane = sealed(4);
    lane.sending(0);
    lane.sending(1);
    lane.disconnected();
    lane.connected();

    assertThat(drain(lane)).containsExactly(2, 3);
    assertThat(lane.ack(0, 0).cardinality()).isEqualTo(1);
    lane.caughtUp();
    assertThat(drain(lane)).containsExactly(1);
  }

  @Test
  void whatIsDeferred_goesBackInLine_andWhatWasNotOnItsWay_stays() {
    UploadLane lane = sealed(3);
    lane.sending(0);
    assertThat(lane.defer(0)).isTrue();
    assertThat(lane.defer(0)).isFalse();
    assertThat(lane.defer(2)).isFalse();
    assertThat(lane.hasInFlight()).isFalse();
    assertThat(drain(lane)).containsExactly(0, 1, 2);
  }

  @Test
  void afterARestart_nothingHeldIsTrustedToBeUnsent() {
    session.heldAtOpen.set(3, 6);
    session.ackedAtOpen.set(3);
    UploadLane lane = new UploadLane(session);
    lane.connected();

    assertThat(lane.nextOldest()).isEqualTo(-1);
    lane.caughtUp();
    assertThat(drain(lane)).containsExactly(4, 5);
  }

  @Test
  void storedRange_freesOnlyWhatWasSentAndIsHeld() {
    UploadLane lane = sealed(6);
    lane.sending(1);
    lane.sending(2);

    assertThat(lane.store(0, 1_000_000)).isEqualTo(bits(1, 2));
    assertThat(lane.store(0, 5).isEmpty()).isTrue();
    assertThat(lane.ackedCount()).isEqualTo(2);
    assertThat(drain(lane)).containsExactly(0, 3, 4, 5);
  }

  @Test
  void refusedBatch_isGoneForGood() {
    UploadLane lane = sealed(2);
    assertThat(lane.refuse(0)).as("never sent").isFalse();
    lane.sending(0);

    assertThat(lane.refuse(0)).isTrue();
    assertThat(lane.refuse(0)).isFalse();
    lane.disconnected();
    assertThat(drain(lane)).containsExactly(1);
  }

  @Test
  void acknowledgedButNotStored_canBePutBackInLine_oldestFirst() {
    UploadLane lane = sealed(5);
    drain(lane);
    assertThat(lane.ack(0, 4).cardinality()).isEqualTo(5);

    assertThat(lane.reopen(2)).isEqualTo(2);
    assertThat(drain(lane)).containsExactly(0, 1);
    assertThat(lane.ackedCount()).isEqualTo(3);
    assertThat(lane.hasInFlight()).isTrue();
    assertThat(lane.sentCount()).as("distinct batches").isEqualTo(5);
  }

  /** Whatever happens in whatever order: a batch is freed once, and none is forgotten. */
  @Test
  void anyOrderOfEvents_endsWithEverythingStoredOnce() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      UploadLane lane = new UploadLane(session);
      BitSet stored = new BitSet();
      int sealed = 0;
      for (int step = 0; step < 300; step++) {
        int seq = random.nextInt(sealed + 2);
        switch (random.nextInt(8)) {
          case 0 -> lane.sealed(sealed++);
          case 1 -> lane.disconnected();
          case 2 -> lane.connected();
          case 3 -> lane.caughtUp();
          case 4 -> lane.ack(seq, seq + random.nextInt(3));
          case 5 -> free(lane.store(seq, seq + random.nextInt(3)), stored);
          case 6 -> lane.reopen(random.nextInt(4));
          default -> sendOne(lane, random.nextBoolean());
        }
      }
      lane.disconnected();
      lane.caughtUp();
      lane.reopen(Integer.MAX_VALUE);
      drain(lane);
      free(lane.store(0, sealed), stored);
      assertThat(stored.cardinality()).as("seed " + seed).isEqualTo(sealed);
      assertThat(lane.isEmpty()).isTrue();
    }
  }

  private static void free(BitSet news, BitSet stored) {
    assertThat(stored.intersects(news)).as("freed twice").isFalse();
    stored.or(news);
  }

  private static void sendOne(UploadLane lane, boolean live) {
    int seq = live ? lane.nextFresh() : lane.nextOldest();
    if (seq >= 0) {
      lane.sending(seq);
    }
  }

  private UploadLane sealed(int count) {
    UploadLane lane = new UploadLane(session);
    for (int seq = 0; seq < count; seq++) {
      lane.sealed(seq);
    }
    return lane;
  }

  private static List<Integer> drain(UploadLane lane) {
    List<Integer> sent = new ArrayList<>();
    for (int seq = lane.nextOldest(); seq >= 0; seq = lane.nextOldest()) {
      lane.sending(seq);
      sent.add(seq);
    }
    return sent;
  }

  private static BitSet bits(int... values) {
    BitSet set = new BitSet();
    for (int value : values) {
      set.set(value);
    }
    return set;
  }
}
