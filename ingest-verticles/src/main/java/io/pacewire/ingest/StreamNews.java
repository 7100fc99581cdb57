package io.pacewire.ingest;

import io.pacewire.ingest.Admission.Deferred;
import io.pacewire.ingest.Admission.Refused;
import io.pacewire.wire.BatchHeader;
import io.pacewire.wire.LedgerEntry;
import io.pacewire.wire.ServerFrame;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** What became of a stream's batches since it was told last: ranges, so no order has to be kept. */
final class StreamNews {
  private final LedgerNews pending = new LedgerNews();
  private final LedgerNews deferred = new LedgerNews();
  private int retryAfterMs;

  void acked(UUID session, int writer, int seq) {
    pending.of(session, writer).acked().add(seq, seq);
  }

  void refused(UUID session, Refused refused) {
    pending.refuse(session, refused.writer(), refused.seq(), refused.reason());
  }

  /** Whether it is the first of what is told next. */
  boolean changed(LedgerEntry change) {
    boolean first = pending.isEmpty();
    pending.add(change);
    return first;
  }

  /** Whether it is the first of them. */
  boolean deferred(Deferred wait) {
    boolean first = deferred.isEmpty();
    BatchHeader header = wait.header();
    deferred.of(header.sessionId(), header.writer()).deferred().add(header.seq(), header.seq());
    retryAfterMs = (int) Math.max(retryAfterMs, wait.retryAfterMs());
    return first;
  }

  /** In as many frames as it takes. */
  void tell(Consumer<ServerFrame> send, long nowMs) {
    tell(pending, 0, send, nowMs);
    tell(deferred, retryAfterMs, send, nowMs);
    retryAfterMs = 0;
  }

  /** Emptied first: what is not empty counts as about to be told. */
  private static void tell(
      LedgerNews news, int retryAfterMs, Consumer<ServerFrame> send, long nowMs) {
    if (news.isEmpty()) {
      return;
    }
    List<List<LedgerEntry>> frames = news.frames();
    news.clear();
    frames.forEach(entries -> send.accept(ServerFrame.of(entries, retryAfterMs, nowMs)));
  }
}
