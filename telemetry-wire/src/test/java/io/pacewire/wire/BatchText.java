package io.pacewire.wire;

/** A batch as text, every value of it: for comparing, and for reading what a golden file holds. */
final class BatchText {
  private BatchText() {}

  static String of(SampleBatch batch) {
    StringBuilder text = new StringBuilder();
    text.append("session ").append(batch.sessionId());
    text.append(" writer ").append(batch.writer());
    text.append(" epoch ").append(batch.installEpoch());
    text.append(" seq ").append(batch.seq()).append('\n');
    text.append("first ").append(batch.firstAtEpochMs());
    text.append(" last ").append(batch.lastAtEpochMs()).append('\n');
    for (Mark mark : batch.marks()) {
      append(text, mark);
    }
    for (Column column : batch.columns()) {
      append(text, column);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Mark mark) {
    text.append("mark ").append(mark.kind());
    text.append(" at ").append(mark.atEpochMs());
    text.append(" monotonic ").append(mark.monotonicMs());
    text.append(" '").append(mark.sport()).append("' '").append(mark.timeZone());
    text.append("' ").append(mark.utcOffsetS());
    text.append(" '").append(mark.deviceName()).append("' '").append(mark.appVersion());
    text.append("' consent ").append(mark.consentVersion());
    text.append(" batches ").append(mark.batchCount());
    text.append(" skipped ").append(mark.fromSeq()).append("..").append(mark.toSeq());
    text.append('\n');
  }

  private static void append(StringBuilder text, Column column) {
    if (column.size() > 0) {
      text.append(column.name()).append(' ').append(column.size()).append('\n');
    }
    for (int i = 0; i < column.size(); i++) {
      text.append("  ").append(column.clock().atEpochMs(i));
      text.append(' ').append(column.clock().monotonicMs(i)).append(':');
      for (int series = 0; series < column.seriesCount(); series++) {
        int value = column.series(series).get(i);
        text.append(' ').append(value == SampleBatch.ABSENT ? "-" : Integer.toString(value));
      }
      text.append('\n');
    }
  }
}
