package io.pacewire.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * What threads wait for, as the JVM records it: a queue, a future, a time, as a handler does that blocks.
 * A thread that has no work is in the selector, which is no such wait, and one that the machine does not
 * let run does not wait either: so load changes nothing. Nor is it a wait to take turns with another
 * thread in a lock that guards a few instructions; a lock whose holder is away longer is one.
 */
final class ThreadWaits implements AutoCloseable {
  private static final Set<String> WAITS =
      Set.of("jdk.ThreadPark", "jdk.JavaMonitorWait", "jdk.ThreadSleep");
  private static final Set<String> LOCKS = Set.of(
      "java.util.concurrent.locks.ReentrantLock$NonfairSync",
      "java.util.concurrent.locks.StampedLock");
  private static final String MONITOR = "jdk.JavaMonitorEnter";
  private static final Duration TURN = Duration.ofSeconds(1);

  private final Recording recording = new Recording();

  ThreadWaits() {
    WAITS.forEach(wait -> recording.enable(wait).withThreshold(Duration.ZERO));
    recording.enable(MONITOR).withThreshold(TURN);
    recording.start();
  }

  /** Stops, and tells what these threads waited for since the start, each with its stack. */
  List<String> of(Set<Long> threadIds, Path folder) throws IOException {
    recording.stop();
    Path file = Files.createTempFile(folder, "waits", ".jfr");
    recording.dump(file);
    return RecordingFile.readAllEvents(file).stream()
        .filter(event ->
            event.getThread() != null && threadIds.contains(event.getThread().getJavaThreadId()))
        .filter(event -> !isTurn(event))
        .map(RecordedEvent::toString)
        .toList();
  }

  private static boolean isTurn(RecordedEvent event) {
    return event.hasField("parkedClass")
        && event.getClass("parkedClass") != null
        && LOCKS.contains(event.getClass("parkedClass").getName())
        && event.getDuration().compareTo(TURN) < 0;
  }

  @Override
  public void close() {
    recording.close();
  }
}
