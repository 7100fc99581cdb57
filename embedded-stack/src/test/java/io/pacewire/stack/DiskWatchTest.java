package io.pacewire.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskWatchTest {
  private final EventLog events = new EventLog();

  @Test
  void aDiskThatStaysLow_isReportedOnce(@TempDir Path folder) throws Exception {
    DiskWatch watch = new DiskWatch(folder, Long.MAX_VALUE, events);
    watch.look();
    watch.look();
    assertThat(events.events()).containsExactly("disk low");
  }

  @Test
  void aDiskWithRoom_isNotReported(@TempDir Path folder) throws Exception {
    DiskWatch watch = new DiskWatch(folder, 1, events);
    watch.requireSpace();
    watch.look();
    assertThat(events.events()).isEmpty();
  }
}
