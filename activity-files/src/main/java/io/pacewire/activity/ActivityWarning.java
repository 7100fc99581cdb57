package io.pacewire.activity;

/**
 * A fault of a file that did not keep it from being read; one for each kind that occurred.
 *
 * @param count how often
 * @param firstAt where first: byte of a FIT file (unpacked), line of an XML file
 * @param text the first case in words
 */
public record ActivityWarning(Kind kind, long count, long firstAt, String text) {

  /** What can be wrong with a file that is read all the same. */
  public enum Kind {
    /** The content is not what was written, or the device computed its checksum wrongly. */
    CHECKSUM_WRONG,
    /** The header states a length that cannot be. */
    LENGTH_WRONG,
    /** The file ends in the middle; what came before was given. */
    BROKEN_OFF,
    /** The rest cannot be understood; what came before was given. */
    DAMAGED,
    /** Something that is no chained file follows the end. */
    TRAILING_BYTES,
    /** A sample is older than the one before it. Passed on as it is. */
    OUT_OF_ORDER,
    /** A sample has the time of the one before it. Passed on as it is. */
    REPEATED_TIME,
    /** A sample without a time that can be read. Left out. */
    UNDATED,
    /** A value that cannot be read or cannot be. Taken as not measured. */
    UNREADABLE_VALUE,
    /** A time from before the device knew the date. */
    CLOCK_NOT_SET,
    /** A part of the file that is a course, a workout, settings. Left out. */
    NOT_AN_ACTIVITY
  }
}
