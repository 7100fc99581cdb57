package io.pacewire.bench.pipeline;

import java.util.Set;

/**
 * How long and how much.
 *
 * @param rows of the table, by their short names
 * @param rounds of each row
 * @param seconds of each measurement
 * @param sessions under way in the rows of few sessions
 * @param manyConnections in the rows of many sessions
 * @param manySessions under way there
 * @param load that goes on in the rows live and backlog, a part of what goes through: over 0, at most 1
 * @param viewers each of a device of its own
 * @param recordedHours that are sealed and weighed
 * @param trainings of the athlete whose lists are asked for
 * @param backlogPhones that come out of a valley with ten hours each
 * @param backlogMs they are looked at
 * @param activities of the archive that is imported
 */
record PipelineOptions(
    Set<String> rows,
    int rounds,
    double seconds,
    int connections,
    int window,
    int sessions,
    int manyConnections,
    int manySessions,
    double load,
    int viewers,
    int recordedHours,
    int trainings,
    int requests,
    int backlogPhones,
    int backlogMs,
    int activities) {

  boolean has(String row) {
    return rows.contains(row);
  }

  int sessionsEach() {
    return Math.max(1, sessions / connections);
  }

  int manySessionsEach() {
    return Math.max(1, manySessions / manyConnections);
  }

  /** So that as many batches are on the way, however many connections there are. */
  int manyWindow() {
    return Math.max(1, window * connections / manyConnections);
  }

  int measureMs() {
    return (int) (seconds * 1_000);
  }
}
