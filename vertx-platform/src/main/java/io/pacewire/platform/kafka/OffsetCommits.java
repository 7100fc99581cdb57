package io.pacewire.platform.kafka;

import static java.lang.System.Logger.Level.WARNING;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Commits offsets of what is done beside what is done next: one request under way, and a tenth of a
 * second between two. Offsets that are late cost whoever takes over that much to do again; a commit
 * that is waited for costs every batch a round trip. Thread-safe.
 */
final class OffsetCommits {
  private static final long EVERY_MS = 100;
  private static final long CLOSE_WITHIN_S = 10;

  private static final System.Logger LOG = System.getLogger(OffsetCommits.class.getName());

  private final Vertx vertx;
  private final KafkaReadStream<String, byte[]> stream;
  private final Map<TopicPartition, OffsetAndMetadata> due = new HashMap<>();
  private Future<Void> underWay = Future.succeededFuture();
  private boolean waiting;
  private boolean closed;

  OffsetCommits(Vertx vertx, KafkaReadStream<String, byte[]> stream) {
    this.vertx = vertx;
    this.stream = stream;
  }

  /** All of {@code batch} is done for good. */
  synchronized void done(ConsumerRecords<String, byte[]> batch) {
    if (closed) {
      return;
    }
    for (TopicPartition partition : batch.partitions()) {
      List<ConsumerRecord<String, byte[]>> records = batch.records(partition);
      long last = records.get(records.size() - 1).offset();
      due.put(partition, new OffsetAndMetadata(last + 1));
    }
    if (!waiting) {
      waiting = true;
      commit();
    }
  }

  /** Somebody else may have gone on with these: an older offset must not be said after theirs. */
  synchronized void forget(Set<TopicPartition> revoked) {
    due.keySet().removeAll(revoked);
  }

  /** Completes when nothing is left to commit, or it takes too long; the stream is not asked after that. */
  synchronized Future<Void> close() {
    closed = true;
    return underWay
        .compose(done -> last())
        .timeout(CLOSE_WITHIN_S, TimeUnit.SECONDS)
        .recover(late -> {
          forgetAll();
          return Future.succeededFuture();
        });
  }

  private synchronized Future<Void> last() {
    return commitDue();
  }

  private synchronized void forgetAll() {
    due.clear();
  }

  /** Again after a while, until there is nothing to say. */
  private void commit() {
    underWay = commitDue();
    Future<Void> unused = underWay.onComplete(done -> vertx.setTimer(EVERY_MS, due -> next()));
  }

  private synchronized void next() {
    if (closed || due.isEmpty()) {
      waiting = false;
    } else {
      commit();
    }
  }

  /** A refused commit means that the partition moved; its new owner does the batch again. */
  private Future<Void> commitDue() {
    if (due.isEmpty()) {
      return Future.succeededFuture();
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = Map.copyOf(due);
    due.clear();
    return stream.commit(offsets).<Void>mapEmpty().recover(cause -> {
      LOG.log(WARNING, "commit refused: {0}", cause.getMessage());
      return Future.succeededFuture();
    });
  }
}
