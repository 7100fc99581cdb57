package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PartitionReadsTest {
  private static final int NUMBER = 3;

  private final PartitionReads reads = new PartitionReads();

  /** A poll of records {@code from} to {@code to} of a topic's partition. */
  static ConsumerRecords<String, byte[]> poll(String topic, int partition, long from, long to) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    for (long offset = from; offset <= to; offset++) {
      records.add(new ConsumerRecord<>(topic, partition, offset, null, new byte[0]));
    }
    return new ConsumerRecords<>(Map.of(new TopicPartition(topic, partition), records));
  }

  private int after(String topic, long from, long to) {
    reads.read(poll(topic, NUMBER, from, to));
    return reads.term(NUMBER);
  }

  @Test
  void whatFollowsOnWhatWasRead_isOneTerm() {
    int term = after("live", 100, 120);
    assertThat(after("live", 121, 121)).isEqualTo(term);
    assertThat(after("live", 122, 140)).isEqualTo(term);
  }

  @Test
  void whatWasReadBySomebodyElse_beginsAnother() {
    int term = after("live", 100, 120);
    assertThat(after("live", 150, 160)).isNotEqualTo(term);
  }

  @Test
  void whatIsReadAgain_beginsAnother() {
    int term = after("live", 100, 120);
    assertThat(after("live", 110, 130)).isNotEqualTo(term);
  }

  /** The last records of before it was lost may come with the first of after it was had again. */
  @Test
  void aJumpWithinAPoll_beginsAnother() {
    int term = after("live", 100, 120);
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    for (long offset : new long[] {121, 122, 150, 151}) {
      records.add(new ConsumerRecord<>("live", NUMBER, offset, null, new byte[0]));
    }
    reads.read(new ConsumerRecords<>(Map.of(new TopicPartition("live", NUMBER), records)));
    int jumped = reads.term(NUMBER);
    assertThat(jumped).isNotEqualTo(term);
    assertThat(after("live", 152, 153)).isEqualTo(jumped);
  }

  @Test
  void aJumpInOneLane_countsForTheOther_whoseSessionsAreTheSame() {
    after("live", 100, 120);
    int term = after("backfill", 7, 9);
    assertThat(after("live", 121, 122)).isEqualTo(term);
    int later = after("backfill", 20, 20);
    assertThat(later).isNotEqualTo(term);
    assertThat(after("live", 123, 124)).isEqualTo(later);
  }

  private static Map<TopicPartition, Long> both(long live, long backfill) {
    return Map.of(
        new TopicPartition("live", NUMBER), live, new TopicPartition("backfill", NUMBER), backfill);
  }

  @Test
  void whereBothLanesBegin_isKnown_soTheFirstOfTheSecondBeginsNoTerm() {
    reads.begin(both(100, 7));
    int term = after("live", 100, 120);
    assertThat(after("backfill", 7, 9)).isEqualTo(term);
  }

  @Test
  void whatSomebodyElseReadOfAnyLane_beginsATerm_thoughNothingCameOfItHere() {
    reads.begin(both(100, 7));
    int term = after("live", 100, 120);
    reads.begin(both(121, 8));
    assertThat(reads.term(NUMBER)).isNotEqualTo(term);
  }

  @Test
  void whoGetsBackWhatNobodyReadMeanwhile_goesOn() {
    reads.begin(both(100, 7));
    int term = after("live", 100, 120);
    reads.begin(both(121, 7));
    assertThat(after("live", 121, 130)).isEqualTo(term);
    assertThat(after("backfill", 7, 7)).isEqualTo(term);
  }

  @Test
  void aBatchOfBeforeItWasLost_whichComesBehind_beginsATerm_andSoDoesWhatIsReadThen() {
    reads.begin(both(100, 7));
    int term = after("live", 100, 120);
    reads.begin(both(150, 7));
    int begun = reads.term(NUMBER);
    assertThat(begun).isNotEqualTo(term);
    int late = after("live", 121, 130);
    assertThat(late).isNotEqualTo(begun);
    assertThat(after("live", 150, 160)).isNotEqualTo(late);
  }

  @Test
  void anotherNumber_isNoBusinessOfThis() {
    int term = after("live", 100, 120);
    reads.read(poll("live", NUMBER + 1, 5, 6));
    reads.read(poll("live", NUMBER + 1, 50, 60));
    assertThat(reads.term(NUMBER)).isEqualTo(term);
  }
}
