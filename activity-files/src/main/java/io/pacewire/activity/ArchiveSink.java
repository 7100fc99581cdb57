package io.pacewire.activity;

/**
 * Takes what an archive holds, file by file, in its order. For each activity file {@link #open} is
 * followed by either {@link #read} or {@link #fault}; a file that cannot be unpacked at all has a
 * fault only, and one that is something else is {@link #skipped}. What a sink throws ends the reading and reaches the caller as it is;
 * what the sink of a file throws, that {@link #open} returned, is a fault of that file.
 */
public interface ArchiveSink {
  /** Why a file was not read, or not to its end. */
  enum Fault {
    /** What it holds is not what it says; the text has the place. */
    MALFORMED,
    /** It unpacks to more than the limits allow. */
    TOO_LARGE,
    ENCRYPTED,
    /** Packed by a method that is not deflate. */
    UNKNOWN_METHOD,
    /** An archive within an archive within the archive. */
    NESTED_TOO_DEEP,
    /** The packed bytes break, or their sum or length is not as stated. */
    DAMAGED
  }

  /** An activity file begins; its activities go to the sink that is returned. */
  ActivitySink open(ArchiveFile file);

  /** The file was read, with so many activities; none where it is a course, settings, waypoints. */
  default void read(ArchiveFile file, int activities) {}

  /** It was not. What its sink was told before is all there is. */
  default void fault(ArchiveFile file, Fault fault, String text) {}

  /** It is something else than an activity: a picture, a table, an archive that is read itself. */
  default void skipped(ArchiveFile file) {}

  /** What the archive says of its files, before them or after: {@code activities.csv} of Strava. */
  default void described(ArchiveDescription description) {}
}
