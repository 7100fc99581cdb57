package io.pacewire.training;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a format leaves open of the times of start, end and pauses. GPX and TCX have no marks: they are
 * where the sample beside them is. FIT has them to the half second, and begins with a record of its start;
 * an end after the last sample the import does not take from any of them.
 */
record MarkSlack(double startMs, double endMs, double pausesS) {
  private static final double HALF_SECOND = 0.5; // of each mark

  static MarkSlack of(String format, SeenTraining was) {
    List<JsonObject> events = was.events();
    TreeSet<Long> samples = events.stream()
        .filter(event -> !event.containsKey("timer") && !event.containsKey("rrMs"))
        .map(event -> event.getLong("atEpochMs"))
        .collect(Collectors.toCollection(TreeSet::new));
    long first = samples.first();
    long last = samples.last();
    boolean fit = format.equals("fit");
    double pausesS = 0;
    for (JsonObject event : events) {
      if (event.containsKey("timer")) {
        long at = event.getLong("atEpochMs");
        boolean pause = event.getString("timer").equals("pause");
        Long found = pause ? samples.floor(at) : samples.ceiling(at);
        long beside = found == null ? at : found;
        pausesS += fit ? HALF_SECOND : Math.abs(at - beside) / 1_000.0;
      }
    }
    return new MarkSlack(
        fit ? 0 : Math.max(0, first - was.startAtMs()),
        Math.max(0, was.document().getLong("endAtMs") - last),
        pausesS);
  }

  double edgesS() {
    return (startMs + endMs) / 1_000;
  }

  double timerS() {
    return edgesS() + pausesS;
  }
}
