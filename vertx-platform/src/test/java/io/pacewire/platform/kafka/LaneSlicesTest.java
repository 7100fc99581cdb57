package io.pacewire.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LaneSlicesTest {
  private static final long SECOND_NANOS = 1_000_000_000;
  private static final TopicPartition LIVE = new TopicPartition("live", 0);
  private static final TopicPartition OLD = new TopicPartition("old", 0);
  private static final TopicPartition OTHER = new TopicPartition("old", 1);
  private static final int MOST = 500;

  private final LaneSlices slices = new LaneSlices("old", MOST);
  private final Map<TopicPartition, Long> offsets = new HashMap<>();
  private int lengthBytes = 1;

  @Test
  void fewOfTheFirst_takeALittleOfTheSecondAlong() {
    ConsumerRecords<String, byte[]> batch = slices.next(polled(LIVE, 3, OLD, 400), 0);
    assertThat(batch.records(LIVE)).hasSize(3);
    assertThat(batch.records(OLD)).hasSize(LaneSlices.BESIDE);
    assertThat(slices.isFull()).isTrue();
  }

  @Test
  void manyOfTheFirst_takeTheirShareAlong() {
    ConsumerRecords<String, byte[]> batch = slices.next(polled(LIVE, 400, OLD, 90), 0);
    assertThat(batch.records(LIVE)).hasSize(400);
    assertThat(batch.records(OLD)).hasSize(400 / LaneSlices.FIRST_FOR_ONE);
  }

  /** More of the first waits behind a poll that is full. */
  @Test
  void aFullPollOfTheFirst_takesNothingAlong_butALittleEachSecond() {
    assertThat(slices.next(polled(LIVE, 8, OLD, 100), 0).records(OLD)).hasSize(LaneSlices.BESIDE);
    long at = SECOND_NANOS / 2;
    assertThat(slices.next(polled(LIVE, MOST), at).records(OLD)).isEmpty();
    at = SECOND_NANOS;
    assertThat(slices.next(polled(LIVE, MOST), at).records(OLD)).hasSize(LaneSlices.BESIDE);
    assertThat(slices.next(polled(LIVE, MOST), at + 1).records(OLD)).isEmpty();
  }

  @Test
  void whereWhatIsDoneTakesLonger_thanItMight_nothingGoesAlong() {
    long usual = 55_000_000; // a database that is slow always
    slices.took(usual, 0);
    assertThat(slices.next(polled(LIVE, 8, OLD, 200), 0).records(OLD)).hasSize(LaneSlices.BESIDE);
    slices.took(usual + LaneSlices.HURRY_NANOS + 1, 1);
    assertThat(slices.next(polled(LIVE, 8), 1).records(OLD)).isEmpty();
    assertThat(slices.next(polled(LIVE, 8), SECOND_NANOS).records(OLD))
        .as("a little each second")
        .hasSize(LaneSlices.BESIDE);
    slices.took(usual + LaneSlices.HURRY_NANOS, SECOND_NANOS);
    assertThat(slices.next(polled(LIVE, 8), SECOND_NANOS + 1).records(OLD))
        .hasSize(LaneSlices.BESIDE);
  }

  /** What of the first is still to be read waits, too, however short its polls are. */
  @Test
  void whileTheFirstLags_theSecondHasALittleEachSecond() {
    slices.lag(true);
    assertThat(slices.next(polled(LIVE, 8, OLD, 40), 0).records(OLD)).isEmpty();
    assertThat(slices.next(ConsumerRecords.empty(), 1).records(OLD)).isEmpty();
    assertThat(slices.next(polled(LIVE, 8), SECOND_NANOS).records(OLD)).hasSize(LaneSlices.BESIDE);
    slices.lag(false);
    assertThat(slices.next(polled(LIVE, 8), SECOND_NANOS + 1).records(OLD))
        .hasSize(LaneSlices.BESIDE);
  }

  @Test
  void aBacklogThatIsReadBeforeAnythingOfALaggingFirst_isALittle() {
    slices.lag(true);
    assertThat(slices.next(polled(OLD, 40), SECOND_NANOS).count()).isEqualTo(LaneSlices.BESIDE);
    assertThat(slices.next(ConsumerRecords.empty(), SECOND_NANOS + 1).isEmpty()).isTrue();
  }

  @Test
  void whatItTakesAtLeast_isForgottenAfterAWhile() {
    LaneWait wait = new LaneWait();
    assertThat(wait.beyondLeastNanos(5, 0)).isZero();
    assertThat(wait.beyondLeastNanos(205, LaneWait.WINDOW_NANOS)).isEqualTo(200);
    assertThat(wait.beyondLeastNanos(205, 2 * LaneWait.WINDOW_NANOS - 1)).isEqualTo(200);
    assertThat(wait.beyondLeastNanos(206, 2 * LaneWait.WINDOW_NANOS)).isEqualTo(1);
    assertThat(wait.beyondLeastNanos(100, 2 * LaneWait.WINDOW_NANOS)).isZero();
  }

  /** Ingest says in every partition how late it is, more often than a slice comes where all is in a hurry. */
  @Test
  void beats_takeNothingOfASlice() {
    lengthBytes = 0;
    assertThat(slices.next(polled(LIVE, 8, OLD, 300), 0).records(OLD)).hasSize(300);
    assertThat(slices.isEmpty()).isTrue();
  }

  @Test
  void longOnes_countForMany_untilTheFirstIsSilent() {
    lengthBytes = 5 * LaneSlices.SHORT_BYTES;
    ConsumerRecords<String, byte[]> batch = slices.next(polled(LIVE, 8, OLD, 20), 0);
    assertThat(batch.records(OLD)).as("six short ones each").hasSize(3);
    assertThat(slices.isFull()).isTrue();
    assertThat(slices.next(ConsumerRecords.empty(), 0).count()).isEqualTo(11);
    assertThat(slices.isFull()).isFalse();
    assertThat(slices.next(ConsumerRecords.empty(), 2 * SECOND_NANOS).count()).isEqualTo(6);
    assertThat(slices.isEmpty()).isTrue();
  }

  @Test
  void oneThatIsLongerThanASlice_goesAlone() {
    lengthBytes = 64 * 1024;
    ConsumerRecords<String, byte[]> batch = slices.next(polled(LIVE, 8, OLD, 2), 0);
    assertThat(batch.records(OLD)).hasSize(1);
  }

  @Test
  void whatIsHeld_comesInOrder_andNothingIsLeftOut() {
    List<Long> seen = new ArrayList<>();
    ConsumerRecords<String, byte[]> batch = slices.next(polled(LIVE, 1, OLD, 90), 0);
    while (!batch.isEmpty()) {
      batch.records(OLD).forEach(record -> seen.add(record.offset()));
      batch = slices.next(ConsumerRecords.empty(), 0);
    }
    assertThat(seen).hasSize(90).isSorted().doesNotHaveDuplicates();
    assertThat(slices.isEmpty()).isTrue();
  }

  @Test
  void betweenBatchesOfTheFirst_slicesAreShort_andLongOnceItIsSilent() {
    assertThat(slices.next(polled(LIVE, 1, OLD, 450), 0).count()).isEqualTo(1 + LaneSlices.BESIDE);
    assertThat(slices.next(ConsumerRecords.empty(), SECOND_NANOS / 2).count())
        .isEqualTo(LaneSlices.BETWEEN);
    assertThat(slices.next(ConsumerRecords.empty(), 2 * SECOND_NANOS).count())
        .isEqualTo(450 - LaneSlices.BESIDE - LaneSlices.BETWEEN);
  }

  @Test
  void whereNothingOfTheFirstFlows_longOnesCountForMany_too() {
    lengthBytes = 9 * LaneSlices.SHORT_BYTES;
    assertThat(slices.next(polled(OLD, 300), 0).count()).isEqualTo(MOST / 10);
  }

  @Test
  void whereTheFirstWasNeverHeard_theSecondHasAll() {
    assertThat(slices.next(polled(OLD, 300, OTHER, 200), 0).count()).isEqualTo(MOST);
  }

  /** An offset that is committed says that all before it was done: none may be passed over. */
  @Test
  void everythingHeld_isDoneInOrder_beforeWhatWasReadBehindIt() {
    List<Long> done = new ArrayList<>();
    for (int poll = 0; poll < 5; poll++) {
      take(slices.next(polled(LIVE, 1, OLD, 30), 0), done);
    }
    while (!slices.isEmpty()) {
      take(slices.next(ConsumerRecords.empty(), 0), done);
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
            partition.topic(), partition.partition(), offset, "athlete", new byte[lengthBytes]));
      }
      records.put(partition, of);
    }
    return new ConsumerRecords<>(records);
  }
}
