package io.pacewire.activity;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a file is, by its first bytes, and by its name where they leave it open. */
enum FileKind {
  ACTIVITY,
  GZIP,
  ZIP,
  OTHER;

  private static final int HEAD_BYTES = 2_048;

  /** Leaves the stream where it was. */
  static FileKind of(BufferedInputStream in, String name) throws IOException {
    in.mark(HEAD_BYTES);
    byte[] head = in.readNBytes(HEAD_BYTES);
    in.reset();
    String text = new String(head, StandardCharsets.ISO_8859_1);
    String lower = name.toLowerCase(Locale.ROOT);
    if (text.startsWith("PK\3\4") || text.startsWith("PK\5\6")) {
      return lower.isEmpty() || lower.endsWith(".zip") ? ZIP : OTHER; // documents are zips, too
    }
    if (text.startsWith("\u001F\u008B")) {
      return GZIP;
    }
    boolean named = lower.endsWith(".fit") || lower.endsWith(".gpx") || lower.endsWith(".tcx");
    String letters = text.replace("\0", ""); // as they are in UTF-16
    boolean activity = text.startsWith(".FIT", 8)
        || letters.contains("<gpx")
        || letters.contains("<TrainingCenterDatabase");
    return named || activity ? ACTIVITY : OTHER;
  }
}
