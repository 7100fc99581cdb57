package io.pacewire.sdk;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A phone that will be killed: records fixes numbered from the third argument on, and prints the
 * number once the fix is said to be on disk.
 */
final class RecordingProcess {
  private RecordingProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    PacewireClient client = PacewireClient.builder().store(Path.of(arguments[0])).stream(
            URI.create(arguments[1]))
        .deviceId(new UUID(7, 7))
        .tokens(() -> "t.t.t")
        .build(TestTokens.quick());
    List<OpenSession> open = client.openSessions();
    RecordingSession session = open.isEmpty()
        ? client.start(SessionOptions.builder().sport("run").build())
        : client.resume(open.get(0).sessionId());
    int number = Integer.parseInt(arguments[2]);
    while (true) {
      for (int i = 0; i < 7; i++) {
        long at = 1_700_000_000_000L + number * 1_000L;
        session.addFix(at, Fix.at(number * 1e-5, 37));
        session.addAcceleration(at, 0, 0, 9.8);
        number++;
      }
      if (session.flush(Duration.ofSeconds(10))) {
        System.out.println(number - 1);
      }
    }
  }
}
