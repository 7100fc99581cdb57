package io.pacewire.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class LaneSlicesTest {
  private static final long SECOND_NANOS = 1_000_000_000;
  private static final TopicPartition LIVE = new TopicPartition("live", 0);
  private static final TopicPartition OLD = new TopicPartition("old", 0);
  private static final TopicPartition OTHER = new TopicPartition("old", 1);
  private static final int MOST = 500;
  private static final long NOW_MS = 1_800_000_000_000L;

  private final LaneSlices slices = new LaneSlices("old", MOST);
  private final Map<TopicPartition, Long> offsets = new HashMap<>();
  private int lengthBytes;
  private long ageMs = 7;

  @Test
  void fewOfTheFirst_takeALittleOfTheSecondAlong() {
    ConsumerRecords<String, byte[]> batch = slices.next(polled(LIVE, 3, OLD, 400), NOW_MS, 0);
    assertThat(batch.records(LIVE)).hasSize(3);
    assertThat(batch.records(OLD)).hasSize(LaneSlices.BESIDE);
    assertThat(slices.isFull()).isTrue();
  }

  @Test
  void manyOfTheFirst_takeTheirShareAlong() {
    ConsumerRecords<String, byte[]> batch = slices.next(polled(LIVE, 400, OLD, 90), NOW_MS, 0);
    assertThat(batch.records(LIVE)).hasSize(400);
    assertThat(batch.records(OLD)).hasSize(400 / LaneSlices.FIRST_FOR_ONE);
  }

  /** More of the first waits behind a poll that is full. */
  @Test
  void aFullPollOfTheFirst_takesNothingAlong_butALittleEachSecond() {
    assertThat(slices.next(polled(LIVE, 8, OLD, 100), NOW_MS, 0).records(OLD))
        .hasSize(LaneSlices.BESIDE);
    long at = SECOND_NANOS / 2;
    assertThat(slices.next(polled(LIVE, MOST), NOW_MS, at).records(OLD)).isEmpty();
    at = SECOND_NANOS;
    assertThat(slices.next(polled(LIVE, MOST), NOW_MS, at).records(OLD)).hasSize(LaneSlices.BESIDE);
    assertThat(slices.next(polled(LIVE, MOST), NOW_MS, at + 1).records(OLD)).isEmpty();
  }

  @Test
  void whereTheFirstWaitsLonger_thanItDidWhenNothingWasInItsWay_nothingGoesAlong() {
    ageMs = -3_000; // the other's clock is ahead
    assertThat(slices.next(polled(LIVE, 8, OLD, 200), NOW_MS, 0).records(OLD))
        .hasSize(LaneSlices.BESIDE);
    ageMs += LaneSlices.HURRY_MS + 1;
    assertThat(slices.next(polled(LIVE, 8), NOW_MS, 1).records(OLD)).isEmpty();
    assertThat(slices.next(polled(LIVE, 8), NOW_MS, SECOND_NANOS).records(OLD))
        .as("a little each second")
        .hasSize(LaneSlices.BESIDE);
    ageMs -= 1;
    assertThat(slices.next(polled(LIVE, 8), NOW_MS, SECOND_NANOS + 1).records(OLD))
        .hasSize(LaneSlices.BESIDE);
  }

  /** A network that is slower from now on. */
  @Test
  void whatTheFirstWaitsAtLeast_isForgottenAfterAWhile() {
    LaneWait wait = new LaneWait();
    assertThat(wait.beyondLeastMs(5, 0)).isZero();
    assertThat(wait.beyondLeastMs(205, LaneWait.WINDOW_NANOS)).isEqualTo(200);
    assertThat(wait.beyondLeastMs(205, 2 * LaneWait.WINDOW_NANOS - 1)).isEqualTo(200);
    assertThat(wait.beyondLeastMs(206, 2 * LaneWait.WINDOW_NANOS)).isEqualTo(1);
    assertThat(wait.beyondLeastMs(100, 2 * LaneWait.WINDOW_NANOS)).isZero();
  }

  @Test
  void longOnes_countForMany_untilTheFirstIsSilent() {
    lengthBytes = 5 * LaneSlices.SHORT_BYTES;
    ConsumerRecords<String, byte[]> batch = slices.next(polled(LIVE, 8, OLD, 20), NOW_MS, 0);
    assertThat(batch.records(OLD)).as("six short ones each").hasSize(3);
    assertThat(slices.isFull()).isTrue();
    assertThat(slices.next(ConsumerRecords.empty(), NOW_MS, 0).count()).isEqualTo(11);
    assertThat(slices.isFull()).isFalse();
    assertThat(slices.next(ConsumerRecords.empty(), NOW_MS, 2 * SECOND_NANOS).count())
        .isEqualTo(6);
    assertThat(slices.isEmpty()).isTrue();
  }

  @Test
  void oneThatIsLongerThanASlice_goesAlone() {
    lengthBytes = 64 * 1024;
    ConsumerRecords<String, byte[]> batch = slices.next(polled(LIVE, 8, OLD, 2), NOW_MS, 0);
    assertThat(batch.records(OLD)).hasSize(1);
  }

  @Test
  void whatIsHeld_comesInOrder_andNothingIsLeftOut() {
    List<Long> seen = new ArrayList<>();
    ConsumerRecords<String, byte[]> batch = slices.next(polled(LIVE, 1, OLD, 90), NOW_MS, 0);
    while (!batch.isEmpty()) {
      batch.records(OLD).forEach(record -> seen.add(record.offset()));
      batch = slices.next(ConsumerRecords.empty(), NOW_MS, 0);
    }
    assertThat(seen).hasSize(90).isSorted().doesNotHaveDuplicates();
    assertThat(slices.isEmpty()).isTrue();
  }

  @Test
  void betweenBatchesOfTheFirst_slicesAreShort_andLongOnceItIsSilent() {
    assertThat(slices.next(polled(LIVE, 1, OLD, 450), NOW_MS, 0).count())
        .isEqualTo(1 + LaneSlices.BESIDE);
    assertThat(slices.next(ConsumerRecords.empty(), NOW_MS, SECOND_NANOS / 2).count())
        .isEqualTo(LaneSlices.BETWEEN);
    assertThat(slices.next(ConsumerRecords.empty(), NOW_MS, 2 * SECOND_NANOS).count())
        .isEqualTo(450 - LaneSlices.BESIDE - LaneSlices.BETWEEN);
  }

  @Test
  void whereTheFirstWasNeverHeard_theSecondHasAll() {
    assertThat(slices.next(polled(OLD, 300, OTHER, 200), NOW_MS, 0).count()).isEqualTo(MOST);
  }

  /** An offset that is committed says that all before it was done: none may be passed over. */
  @Test
  void everythingHeld_isDoneInOrder_beforeWhatWasReadBehindIt() {
    List<Long> done = new ArrayList<>();
    for (int poll = 0; poll < 5; poll++) {
      take(slices.next(polled(LIVE, 1, OLD, 30), NOW_MS, 0), done);
    }
    while (!slices.isEmpty()) {
      take(slices.next(ConsumerRecords.empty(), NOW_MS, 0), done);
    }
    assertThat(done).hasSize(150).isSorted().doesNotHaveDuplicates();
  }

  private static void take(ConsumerRecords<String, byte[]> batch, List<Long> done) {
    batch.records(OLD).forEach(record -> done.add(record.offset()));
  }

  private ConsumerRecords<String, byte[]> polled(Object... countsOfPartitions) {
    Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> records = new HashMap<>();
    for (int i = 0; i < countsOfPartitions.length; i += 2) {
      TopicPartition partition = (TopicPartition) countsOfPartitions[i];
      List<ConsumerRecord<String, byte[]>> of = new ArrayList<>();
      for (int left = (Integer) countsOfPartitions[i + 1]; left > 0; left--) {
        long offset = offsets.merge(partition, 1L, Long::sum);
        of.add(new ConsumerRecord<>(
            partition.topic(),
            partition.partition(),
            offset,
            NOW_MS - ageMs,
            TimestampType.CREATE_TIME,
            7,
            lengthBytes,
            "athlete",
            new byte[lengthBytes],
            new RecordHeaders(),
            Optional.empty()));
      }
      records.put(partition, of);
    }
    return new ConsumerRecords<>(records);
  }
}
