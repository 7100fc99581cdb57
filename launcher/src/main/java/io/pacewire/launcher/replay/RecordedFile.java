package io.pacewire.launcher.replay;

import io.pacewire.activity.ActivityReader;
import io.pacewire.activity.MalformedActivityException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A recorded activity as a timeline: what sensors measured, without the file's own totals. */
public final class RecordedFile {
  private RecordedFile() {}

  /**
   * @throws MalformedActivityException where the file is no activity
   * @throws IOException where it cannot be read
   */
  public static Timeline read(Path file) throws IOException {
    RecordedEvents events = new RecordedEvents();
    try (InputStream in = Files.newInputStream(file)) {
      ActivityReader.read(in, events);
    }
    if (events.isEmpty()) {
      throw new MalformedActivityException(file.getFileName() + " has no samples");
    }
    return events.timeline();
  }
}
