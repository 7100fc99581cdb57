package io.pacewire.activity;

import io.pacewire.activity.ArchiveSink.Fault;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/** What is unpacked, counted against the limits of an archive. */
final class Metered extends FilterInputStream {
  /** Shorter files may be packed as tightly as they like. */
  private static final long RATIO_FROM_BYTES = 1 << 20;

  /** What is left of the whole. */
  static final class Budget {
    private final ArchiveLimits limits;
    private long leftBytes;

    Budget(ArchiveLimits limits) {
      this.limits = limits;
      this.leftBytes = limits.maxTotalBytes();
    }

    boolean isSpent() {
      return leftBytes < 0;
    }
  }

  private final Budget budget;
  private final LongSupplier packedBytes;
  private long bytes;
  private boolean archive;

  /**
   * @param packedBytes how many bytes of the archive the file has taken so far
   */
  Metered(InputStream in, Budget budget, LongSupplier packedBytes) {
    super(in);
    this.budget = budget;
    this.packedBytes = packedBytes;
  }

  /** What becomes of this one's bytes when they are unpacked once more. */
  Metered unpackedBy(InputStream unpacked) {
    return new Metered(unpacked, budget, packedBytes);
  }

  /** It is an archive itself: its files are counted one by one. */
  void isArchive() {
    archive = true;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = in.read(into, offset, length);
    if (count > 0) {
      bytes += count;
      budget.leftBytes -= count;
      check();
    }
    return count;
  }

  private void check() throws IOException {
    ArchiveLimits limits = budget.limits;
    if (budget.isSpent()) {
      throw tooLarge("all files together unpack to more than " + limits.maxTotalBytes() + " bytes");
    }
    if (bytes > limits.maxEntryBytes() && !archive) {
      throw tooLarge("the file unpacks to more than " + limits.maxEntryBytes() + " bytes");
    }
    if (bytes > RATIO_FROM_BYTES && bytes / limits.maxRatio() > packedBytes.getAsLong()) {
      throw tooLarge("the file unpacks to more than " + limits.maxRatio() + " times its length");
    }
  }

  private static ZipEntries.Broken tooLarge(String text) {
    return new ZipEntries.Broken(Fault.TOO_LARGE, text);
  }
}
