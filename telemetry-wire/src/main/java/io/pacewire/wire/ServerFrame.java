package io.pacewire.wire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One binary WebSocket message to a device: ledger changes, a warning, limits. Immutable. */
public final class ServerFrame {
  private static final int LEDGER = 1;
  private static final int SERVER_AT = 2;
  private static final int WARNING = 3;
  private static final int MAX_BATCH_BYTES = 4;
  private static final int WINDOW = 5;
  private static final int RETRY_AFTER_MS = 6;

  private final List<LedgerEntry> ledger;
  private final long serverAtEpochMs;
  private final @Nullable String warning;
  private final int maxBatchBytes;
  private final int window;
  private final int retryAfterMs;

  private ServerFrame(
      List<LedgerEntry> ledger,
      long serverAtEpochMs,
      @Nullable String warning,
      int maxBatchBytes,
      int window,
      int retryAfterMs) {
    this.ledger = Collections.unmodifiableList(ledger);
    this.serverAtEpochMs = serverAtEpochMs;
    this.warning = warning;
    this.maxBatchBytes = maxBatchBytes;
    this.window = window;
    this.retryAfterMs = retryAfterMs;
  }

  /** What a device is told right after it connected. */
  public static ServerFrame hello(int maxBatchBytes, int window, long serverAtEpochMs) {
    return new ServerFrame(List.of(), serverAtEpochMs, null, maxBatchBytes, window, 0);
  }

  public static ServerFrame of(LedgerEntry entry, long serverAtEpochMs) {
    return of(List.of(entry), serverAtEpochMs);
  }

  public static ServerFrame of(Collection<LedgerEntry> entries, long serverAtEpochMs) {
    return of(entries, 0, serverAtEpochMs);
  }

  /** @param retryAfterMs what entries call deferred is to be sent again then, not before */
  public static ServerFrame of(
      Collection<LedgerEntry> entries, int retryAfterMs, long serverAtEpochMs) {
    return new ServerFrame(new ArrayList<>(entries), serverAtEpochMs, null, 0, 0, retryAfterMs);
  }

  /** Such as {@code token-expires}. */
  public static ServerFrame warning(String warning, long serverAtEpochMs) {
    return new ServerFrame(List.of(), serverAtEpochMs, Texts.checked("warning", warning), 0, 0, 0);
  }

  public List<LedgerEntry> ledger() {
    return ledger;
  }

  public long serverAtEpochMs() {
    return serverAtEpochMs;
  }

  public @Nullable String warning() {
    return warning;
  }

  /** Largest message that is taken, envelope included; 0 where the frame does not say. */
  public int maxBatchBytes() {
    return maxBatchBytes;
  }

  /** Batches that may be on the way unacknowledged; 0 where the frame does not say. */
  public int window() {
    return window;
  }

  /** How long a device waits before it sends what was deferred; 0 where nothing was. */
  public int retryAfterMs() {
    return retryAfterMs;
  }

  public byte[] encode() {
    ProtoWriter out = new ProtoWriter(64 + 48 * ledger.size());
    for (LedgerEntry entry : ledger) {
      int start = out.begin(LEDGER);
      entry.write(out);
      out.end(start);
    }
    out.sint64(SERVER_AT, serverAtEpochMs);
    if (warning != null) {
      out.text(WARNING, warning);
    }
    out.uint(MAX_BATCH_BYTES, maxBatchBytes);
    out.uint(WINDOW, window);
    out.uint(RETRY_AFTER_MS, retryAfterMs);
    return out.toBytes();
  }

  /** @throws MalformedBatchException naming the field and its fault */
  public static ServerFrame parse(byte[] bytes) {
    ProtoReader in = new ProtoReader(bytes, 0, bytes.length);
    List<LedgerEntry> entries = new ArrayList<>();
    long serverAt = 0;
    String text = null;
    int max = 0;
    int batches = 0;
    int retryAfter = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (ProtoReader.field(tag)) {
        case LEDGER:
          in.expect(tag, ProtoReader.BYTES, "ledger");
          if (entries.size() == WireLimits.MAX_LEDGER_ENTRIES) {
            throw new MalformedBatchException("ledger has too many entries");
          }
          int outer = in.enter("ledger");
          entries.add(LedgerEntry.read(in));
          in.leave(outer);
          break;
        case SERVER_AT:
          in.expect(tag, ProtoReader.VARINT, "server_at_epoch_ms");
          serverAt = in.zigzag64();
          break;
        case WARNING:
          in.expect(tag, ProtoReader.BYTES, "warning");
          text = in.text("warning");
          break;
        case MAX_BATCH_BYTES:
          in.expect(tag, ProtoReader.VARINT, "max_batch_bytes");
          max = in.uint("max_batch_bytes", Integer.MAX_VALUE);
          break;
        case WINDOW:
          in.expect(tag, ProtoReader.VARINT, "window");
          batches = in.uint("window", Integer.MAX_VALUE);
          break;
        case RETRY_AFTER_MS:
          in.expect(tag, ProtoReader.VARINT, "retry_after_ms");
          retryAfter = in.uint("retry_after_ms", Integer.MAX_VALUE);
          break;
        default:
          in.skip(tag);
      }
    }
    return new ServerFrame(entries, serverAt, text, max, batches, retryAfter);
  }
}
