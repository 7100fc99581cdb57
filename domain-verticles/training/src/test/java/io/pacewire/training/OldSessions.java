package io.pacewire.training;

import java.util.List;

/**
 * What was sent to a node of the version before, and what is left for the version that follows it:
 * the same batches whenever they are asked for. Dumps of old databases rely on it, so it stays as it is;
 * who wants other sessions adds to it.
 */
final class OldSessions {
  private static final int SENT = 70;
  private static final int ALL = 100;

  private OldSessions() {}

  /**
   * One writer's part of a session.
   *
   * @param before sequence numbers that the old version was sent
   * @param after what is sent to the new one; some of it the old one has
   */
  record Half(String what, RecordedRun run, List<Integer> before, List<Integer> after) {
    List<TelemetryRecord> sentBefore() {
      return before.stream().map(run::record).toList();
    }

    List<TelemetryRecord> sentAfter() {
      return after.stream().map(run::record).toList();
    }
  }

  /** Amid their recordings when the version went on. */
  static List<Half> live() {
    RecordedRun alone = RecordedRun.known("upgrade/alone", "run", ALL);
    RecordedRun phone = RecordedRun.knownPhone("upgrade/phone and watch", ALL, 40, 49);
    RecordedRun watch = phone.watch(1);
    RecordedRun gap = RecordedRun.known("upgrade/amid a gap", "ride", ALL);
    RecordedRun waiting = RecordedRun.known("upgrade/waiting for one batch", "run", 50);
    RecordedRun begun = RecordedRun.known("upgrade/just begun", "walk", ALL);
    return List.of(
        new Half("recorded by one", alone, to(0, SENT), to(SENT - 10, ALL)),
        new Half("a phone's", phone, to(0, SENT), to(SENT, ALL)),
        new Half("the watch beside it", watch, to(0, SENT - 25), to(SENT - 30, ALL)),
        new Half("amid a gap", gap, without(to(0, SENT), 30, 33), without(to(25, ALL), 40, 60)),
        new Half("finished but for one", waiting, without(to(0, 50), 20, 21), List.of(20, 49)),
        new Half("just begun", begun, to(0, 1), to(0, ALL)));
  }

  /** Finished by the old version. */
  static List<Half> finished() {
    return List.of(
        whole("a run", RecordedRun.known("upgrade/finished", "run", ALL)),
        whole("a swim", RecordedRun.knownSwim("upgrade/finished swim", ALL)),
        whole("blind for a while", RecordedRun.knownPhone("upgrade/finished blind", ALL, 30, 49)));
  }

  private static Half whole(String what, RecordedRun run) {
    return new Half(what, run, to(0, run.batches()), List.of(3));
  }

  private static List<Integer> to(int from, int until) {
    return java.util.stream.IntStream.range(from, until).boxed().toList();
  }

  private static List<Integer> without(List<Integer> all, int from, int until) {
    return all.stream().filter(seq -> seq < from || seq >= until).toList();
  }
}
