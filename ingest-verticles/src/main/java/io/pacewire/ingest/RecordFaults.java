package io.pacewire.ingest;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** What Kafka holds against one record, whatever becomes of others. */
final class RecordFaults {
  private static final String INVALID = "invalid-record";

  private RecordFaults() {}

  /** Whether the same record would be refused again, however often it is sent. */
  static boolean isForGood(Exception fault) {
    return isTooLarge(fault) || fault instanceof InvalidRecordException;
  }

  /** One of the wire's codes. */
  static String reason(Exception fault) {
    return isTooLarge(fault) ? BatchAdmission.TOO_LARGE : INVALID;
  }

  private static boolean isTooLarge(Exception fault) {
    return fault instanceof RecordTooLargeException
        || fault instanceof RecordBatchTooLargeException;
  }
}
