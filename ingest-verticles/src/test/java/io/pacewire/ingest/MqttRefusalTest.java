package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import org.junit.jupiter.api.Test;

class MqttRefusalTest {
  /** So that a client throws its token away only where that is to blame. */
  @Test
  void whatCannotBeLookedAtNow_isNoFaultOfTheToken() {
    for (Throwable cause : new Throwable[] {
      new ProblemException(Problem.unavailable("no keys")), new IllegalStateException("other")
    }) {
      assertThat(code(cause, 5)).isEqualTo(0x88);
      assertThat(code(cause, 4)).isEqualTo(3);
    }
    Throwable bad = new ProblemException(Problem.unauthorized("not signed by the issuer"));
    assertThat(code(bad, 5)).isEqualTo(0x87);
    assertThat(code(bad, 4)).isEqualTo(5);
  }

  private static int code(Throwable cause, int version) {
    return MqttRefusal.of(cause).code(version).byteValue() & 0xFF;
  }
}
