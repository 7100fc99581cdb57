package io.pacewire.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.track.Verdict;
import io.pacewire.track.pass.Suspicion;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Whoever reads the document learns what each reason means. */
class DocumentedReasonsTest {
  @Test
  void everyReason_isListed_andExplained() throws Exception {
    String document;
    try (InputStream in = getClass().getResourceAsStream("/openapi/training.yaml")) {
      document = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    }
    for (Verdict.Reason reason : Verdict.Reason.values()) {
      assertThat(document).containsPattern("\\b" + reason.name() + "\\b[,\\]]");
      assertThat(document).containsPattern("\\b" + reason.name() + ":\\s+\\w");
    }
    for (Suspicion.Reason reason : Suspicion.Reason.values()) {
      assertThat(document).containsPattern("\\b" + reason.name() + "\\b[,\\]]");
      assertThat(document).containsPattern("\\b" + reason.name() + ":\\s+\\w");
    }
  }
}
