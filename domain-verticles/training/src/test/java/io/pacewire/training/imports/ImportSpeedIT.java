package io.pacewire.training.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.activity.ExportFormat;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.training.TrainingNode;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Says how fast; fails only where an import loses something. {@code ./pacewire bench pipeline} measures. */
@ExtendWith(RealServers.class)
class ImportSpeedIT {
  private static final int ACTIVITIES = Integer.getInteger("pacewire.import.activities", 12);

  @Test
  void anHourASecond_ofEachFormat() throws Exception {
    ExportFormat[] formats = {ExportFormat.GPX, ExportFormat.TCX, ExportFormat.FIT};
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < ACTIVITIES; i++) {
      ExportFormat format = formats[i % formats.length];
      files.put(
          i + "." + format.extension(),
          MadeFiles.run(format, MadeFiles.START_MS + i * 30_000_000L, 3_600));
    }
    byte[] zip = MadeFiles.zip(files);
    TrainingNode node = TrainingNode.start(ImportSettings.usual());
    try {
      long begun = System.nanoTime();
      JsonObject report = node.imported(UUID.randomUUID(), zip);
      double seconds = (System.nanoTime() - begun) / 1e9;
      System.out.printf(
          "%d activities in %.1f s: %.1f/s%n", ACTIVITIES, seconds, ACTIVITIES / seconds);
      assertThat(report.getJsonObject("counts").getInteger("imported")).isEqualTo(ACTIVITIES);
    } finally {
      node.close();
    }
  }
}
