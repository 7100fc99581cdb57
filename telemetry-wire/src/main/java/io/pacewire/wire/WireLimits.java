package io.pacewire.wire;

/** Bounds of the wire. A decoder refuses what lies outside before it allocates for it. */
public final class WireLimits {
  public static final int WIRE_VERSION = 1;

  /** Largest envelope a server takes unless it says otherwise at connect. */
  public static final int MAX_BATCH_BYTES = 64 * 1024;

  public static final int MAX_WRITERS = 16;

  /** Highest sequence number of a writer. */
  public static final int MAX_SEQ = (1 << 20) - 1;

  public static final int MAX_SAMPLES_PER_COLUMN = 16_384;
  public static final int MAX_MARKS = 256;
  public static final int MAX_TEXT_BYTES = 256;

  /** Ranges of a ledger entry; what does not fit is left out, which under-reports. */
  public static final int MAX_RANGES = 64;

  public static final int MAX_REFUSALS = 256;

  /** Entries of one frame to a device. */
  public static final int MAX_LEDGER_ENTRIES = 1_024;

  /** Times are epoch milliseconds from 1970 to the year 3000. */
  public static final long MAX_EPOCH_MS = 32_503_680_000_000L;

  private WireLimits() {}
}
