package io.pacewire.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.UUID;

/** Trainings of which an archive does not have all, and why: a table for whoever unpacks it. */
final class LeftOut {
  static final String NAME = "not-exported";
  static final String EXTENSION = "csv";

  private static final String HEAD = "training_id,start_utc,sport,what\r\n";

  private final StringBuilder rows = new StringBuilder();

  /** Why a training, or a part of it, is not in a file. */
  enum Why {
    GONE("not exported: its recording is kept no longer"),
    PARTLY_GONE("a part of it is not in its file: the recording of that is kept no longer"),
    GAPS("its file has gaps: samples of its recording are missing"),
    UNREADABLE("not exported: it cannot be computed from its recording");

    private final String words;

    Why(String words) {
      this.words = words;
    }
  }

  void add(UUID trainingId, long startAtMs, String sport, Why why) {
    rows.append(trainingId)
        .append(',')
        .append(Instant.ofEpochMilli(startAtMs))
        .append(',')
        .append(sport.replaceAll("[^a-z0-9-]", ""))
        .append(',')
        .append(why.words)
        .append("\r\n");
  }

  boolean isEmpty() {
    return rows.length() == 0;
  }

  byte[] table() {
    return (HEAD + rows).getBytes(UTF_8);
  }
}
