package io.pacewire.activity;

/**
 * What an archive may cost. Nothing of it is kept in memory but the names of its entries.
 *
 * @param maxEntries of the archive and those within it, together; directories count
 * @param maxEntryBytes of one file, unpacked
 * @param maxTotalBytes of all files, unpacked
 * @param maxRatio how many times as long as its packed form a file may be, once it is longer than a
 *     mebibyte; deflate reaches about 1,000, activities 5 to 40
 */
public record ArchiveLimits(int maxEntries, long maxEntryBytes, long maxTotalBytes, int maxRatio) {
  public static final ArchiveLimits DEFAULT =
      new ArchiveLimits(200_000, 512L << 20, 64L << 30, 250);

  public ArchiveLimits {
    if (maxEntries < 1 || maxEntryBytes < 1 || maxTotalBytes < 1 || maxRatio < 1) {
      throw new IllegalArgumentException("limits must be positive, were " + maxEntries + ", "
          + maxEntryBytes + ", " + maxTotalBytes + ", " + maxRatio);
    }
  }
}
