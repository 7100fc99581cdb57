package io.pacewire.platform.kafka;

import static java.lang.System.Logger.Level.WARNING;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Commits offsets of what is done beside what is done next: one request under way, and a tenth of a
 * second between two. Offsets that are late cost whoever comes after a kill that much to do again; a
 * commit that is waited for costs every batch a round trip. Thread-safe.
 */
final class OffsetCommits {
  private static final System.Logger LOG = System.getLogger(OffsetCommits.class.getName());
  private static final long EVERY_MS = 100;
  private static final long CLOSE_WITHIN_S = 10;

  private final Vertx vertx;
  private final KafkaReadStream<String, byte[]> stream;
  private final DoneOffsets offsets;
  private Future<Void> underWay = Future.succeededFuture();
  private boolean going;
  private boolean closed;

  OffsetCommits(Vertx vertx, KafkaReadStream<String, byte[]> stream, DoneOffsets offsets) {
    this.vertx = vertx;
    this.stream = stream;
    this.offsets = offsets;
  }

  /** All of {@code batch} is done for good. */
  synchronized void done(ConsumerRecords<String, byte[]> batch) {
    if (closed) {
      return;
    }
    offsets.done(batch);
    if (!going) {
      going = true;
      commit();
    }
  }

  /** Completes when nothing is left to commit, or it takes too long; the stream is not asked after that. */
  synchronized Future<Void> close() {
    closed = true;
    return underWay
        .compose(done -> commitAll())
        .timeout(CLOSE_WITHIN_S, TimeUnit.SECONDS)
        .recover(late -> {
          offsets.forgetAll();
          return Future.succeededFuture();
        });
  }

  /** Again after a while, until there is nothing to say. */
  private void commit() {
    underWay = commitAll();
    Future<Void> unused = underWay.onComplete(done -> vertx.setTimer(EVERY_MS, due -> next()));
  }

  private synchronized void next() {
    if (closed || offsets.isEmpty()) {
      going = false;
    } else {
      commit();
    }
  }

  /**
   * A refused commit means that the partition moved; its new owner does the batch again. One that came to nothing is
   * tried again.
   */
  private Future<Void> commitAll() {
    Map<TopicPartition, OffsetAndMetadata> untold = offsets.untold();
    if (untold.isEmpty()) {
      return Future.succeededFuture();
    }
    return stream
        .commit(untold)
        .onSuccess(done -> offsets.told(untold))
        .<Void>mapEmpty()
        .recover(cause -> {
          LOG.log(WARNING, "commit refused: {0}", cause.getMessage());
          if (!(cause instanceof RetriableException)) {
            offsets.told(untold);
          }
          return Future.succeededFuture();
        });
  }
}
