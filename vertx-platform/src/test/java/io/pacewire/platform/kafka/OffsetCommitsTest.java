package io.pacewire.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.platform.stack.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a group is told of what is done, by a broker that answers as a test says. */
class OffsetCommitsTest {
  private static final TopicPartition OURS = new TopicPartition("topic", 0);
  private static final TopicPartition THEIRS = new TopicPartition("topic", 1);

  private final Vertx vertx = Vertx.vertx();
  private final DoneOffsets offsets = new DoneOffsets();
  private final List<Object> asked = new CopyOnWriteArrayList<>();
  private final Queue<Future<Object>> answers = new ArrayDeque<>();
  private final OffsetCommits commits = new OffsetCommits(vertx, broker(), offsets);

  @BeforeEach
  void assigned() {
    offsets.own(Set.of(OURS));
  }

  @AfterEach
  void close() throws Exception {
    Await.get(vertx.close());
  }

  @Test
  void whatTheBrokerDidNotAnswer_isToldAgain() {
    answers.add(Future.failedFuture(new TimeoutException("no answer")));
    commits.done(upTo(OURS, 41));
    await().until(() -> asked.size() == 2);
    assertThat(asked).containsOnly(Map.of(OURS, new OffsetAndMetadata(42)));
    await().until(offsets::isEmpty);
  }

  @Test
  void whatIsRefused_isNotToldAgain() {
    answers.add(Future.failedFuture(new CommitFailedException()));
    commits.done(upTo(OURS, 41));
    await().until(offsets::isEmpty);
    offsets.own(Set.of(THEIRS));
    await().until(() -> {
      commits.done(upTo(THEIRS, 7)); // as often as it takes until the pause between two is over
      return asked.size() > 1;
    });
    assertThat(asked.get(1)).isEqualTo(Map.of(THEIRS, new OffsetAndMetadata(8)));
  }

  @Test
  void ofWhatIsSomebodyElses_nothingIsTold() {
    commits.done(upTo(THEIRS, 7));
    assertThat(asked).isEmpty();
    offsets.done(upTo(OURS, 41));
    Map<TopicPartition, OffsetAndMetadata> copied = offsets.untold();
    offsets.forget(Set.of(OURS));
    assertThat(offsets.owned(copied)).as("given back since").isEmpty();
    commits.done(upTo(OURS, 43));
    assertThat(asked).isEmpty();
  }

  private static ConsumerRecords<String, byte[]> upTo(TopicPartition partition, long offset) {
    return new ConsumerRecords<>(Map.of(
        partition,
        List.of(new ConsumerRecord<>(
            partition.topic(), partition.partition(), offset, "key", new byte[0]))));
  }

  /** Answers commits in turn, and takes all that come after. */
  @SuppressWarnings("unchecked")
  private KafkaReadStream<String, byte[]> broker() {
    return (KafkaReadStream<String, byte[]>) Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {KafkaReadStream.class},
        (proxy, method, arguments) -> {
          assertThat(method.getName()).isEqualTo("commit");
          asked.add(arguments[0]);
          Future<Object> answer = answers.poll();
          return answer == null ? Future.succeededFuture(arguments[0]) : answer;
        });
  }
}
