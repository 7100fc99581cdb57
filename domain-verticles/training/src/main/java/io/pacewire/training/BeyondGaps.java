package io.pacewire.training;

import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.track.FoldState;
import io.pacewire.training.Gaps.Gap;
import io.pacewire.wire.SampleBatch;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** What is stored of a recording beyond what its fold waits for. Used from one event loop. */
final class BeyondGaps {
  private static final System.Logger LOG = System.getLogger(BeyondGaps.class.getName());
  private static final int CHUNKS_A_PAGE = 200;

  /** While a backlog drains, what was folded beyond it is outdated with every poll. */
  private static final long TAIL_INTERVAL_MS = 5_000;

  /** Beyond so many, figures wait for what is missing: to catch up takes as long as to read them. */
  private static final int MOST_CHUNKS = 1_000;

  private static final int MOST_SPANS = 1_000;

  private final ChunkRepository chunks;
  private final SampleBatch scratch = new SampleBatch();

  BeyondGaps(ChunkRepository chunks) {
    this.chunks = chunks;
  }

  /**
   * What is missing.
   *
   * @param position the first sequence number that was not folded
   * @param untilMs time of the newest folded sample
   */
  Future<List<Gap>> missing(SessionHead head, int writer, int position, long untilMs) {
    return chunks
        .listSpans(head, writer, position, MOST_SPANS)
        .map(spans -> Gaps.between(position, untilMs, spans));
  }

  /**
   * A fold that goes on behind the gap at {@code position}. Completes with nothing where nothing is stored there, too much,
   * or what no fold takes, which is the waiting fold's to find out.
   */
  Future<Optional<TailFold>> fold(SessionHead head, int writer, FoldState waiting, int position) {
    TailFold tail;
    try {
      tail = FoldFault.within(
          () -> new TailFold(new WriterKey(head.key(), writer), waiting, position));
    } catch (FoldFault e) {
      LOG.log(WARNING, "live view: no figures beyond a gap: {0}", FoldFault.told(e));
      return Future.succeededFuture(Optional.empty());
    }
    return read(head, tail, 0)
        .map(whole -> whole && tail.position() > position ? Optional.of(tail) : Optional.empty());
  }

  /** Keeps a fold beyond the gap where there is one, and drops it when that is closed. */
  Future<Void> follow(WriterFold line, LiveSession session, long nowMs) {
    TailFold tail = session.tail();
    if (!line.hasGap() || (tail != null && !tail.key().equals(line.key()))) {
      session.tail(null);
      tail = null;
    }
    boolean wanted = line.hasGap() && (tail == null || tail.isOutdated());
    if (!wanted || nowMs < session.tailBegunAtMs() + TAIL_INTERVAL_MS) {
      return Future.succeededFuture();
    }
    session.tailBegun(nowMs);
    SequenceFold waiting = line.sequence();
    int position = waiting.position();
    return fold(line.head(), line.key().writer(), waiting.state(), position).map(begun -> {
      // What was stored while it was read may be missing in it.
      begun
          .filter(one -> waiting.position() != position || line.highestStored() >= one.position())
          .ifPresent(TailFold::outdate);
      session.tail(begun.orElse(null));
      return null;
    });
  }

  /** What was just stored. */
  void take(TailFold tail, List<TelemetryRecord> fresh) {
    try {
      TailFold unused = FoldFault.within(() -> {
        for (TelemetryRecord record : fresh) {
          tail.take(record.seq(), record.bytes(), record.fault() != null, scratch);
        }
        return tail;
      });
    } catch (FoldFault e) {
      tail.outdate();
    }
  }

  /** Whether all of it was folded. */
  private Future<Boolean> read(SessionHead head, TailFold tail, int before) {
    return chunks
        .listFrom(head, tail.key().writer(), tail.position(), CHUNKS_A_PAGE)
        .compose(found -> {
          int count = before + found.size();
          if (count > MOST_CHUNKS || !fold(tail, found)) {
            return Future.succeededFuture(false);
          }
          return found.size() < CHUNKS_A_PAGE
              ? Future.succeededFuture(true)
              : read(head, tail, count);
        });
  }

  private boolean fold(TailFold tail, List<Chunk> found) {
    try {
      return FoldFault.within(() -> {
        for (Chunk chunk : found) {
          tail.take(chunk.seq(), chunk.body(), chunk.isTombstone(), scratch);
        }
        return true;
      });
    } catch (FoldFault e) {
      LOG.log(WARNING, "live view: no figures beyond a gap: {0}", FoldFault.told(e));
      return false;
    }
  }
}
