package io.pacewire.training;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How far each figure of a training's document may be from what it was before it was exported. */
final class FigureTolerances {
  /** What the marks of the training leave open, beside the steps: see {@link MarkSlack}. */
  enum Slack {
    NONE,
    START_MS,
    END_MS,
    EDGES_S,
    TIMER_S,
    SHARE_OF_TIMER,
    PACE
  }

  /**
   * The greater of a share of the figure and a least step, and its slack.
   *
   * @param share infinite where it need not be the same
   */
  record Tolerance(Pattern figures, double share, double least, Slack slack, String reason) {
    boolean isFree() {
      return Double.isInfinite(share);
    }

    double most(double was, double slackOfIt) {
      return (Math.max(least, share * Math.abs(was)) + slackOfIt) * 1.000_001;
    }
  }

  private static final double FREE = Double.POSITIVE_INFINITY;

  /** By path, lists without their places; the first that fits counts. */
  private static final List<Tolerance> ALL = List.of(
      of("trainingId|(parts\\[].)?sessionId", FREE, 0, Slack.NONE, "each athlete has his own"),
      of("startAtMs", 0, 500, Slack.START_MS, "FIT says which second a mark was in"),
      of("endAtMs|figures.laps\\[].endAtMs", 0, 500, Slack.END_MS, "FIT's second of a mark"),
      of("(s|mileS)plits\\[].endAtMs", 0, 500, Slack.END_MS, "the last ends with the training"),
      of("figures.elapsedS", 0, 1, Slack.EDGES_S, "start and end, half a second each"),
      of("figures.timerS", 0, 1, Slack.TIMER_S, "start and end, half a second each"),
      of("((s|mileS)plits|figures.laps)\\[].timerS", 0, 1, Slack.TIMER_S, "as the timer"),
      of("(s|mileS)plits\\[].paceSPerKm", 0, 0.1, Slack.PACE, "as the timer, by the length"),
      of("figures.movingS", 0, 1, Slack.NONE, "a second at the threshold of moving"),
      of("figures.(distanceM|estimatedM)", 0, 0.1, Slack.NONE, "places within a centimetre"),
      of("(s|mileS)plits\\[].distanceM", 0, 0.1, Slack.NONE, "the last has the rest of the way"),
      of("figures.laps\\[].distanceM", 0, 5, Slack.NONE, "half a second at 10 m/s"),
      of("figures.average(PaceSPerKm|SpeedMps)", 0.001, 0.1, Slack.NONE, "moving to the second"),
      of(".*verageHeartRateBpm", 0, 1, Slack.NONE, "rounded to whole beats when shown"),
      of("figures.(as|des)centM", 0.005, 0.4, Slack.NONE, "FIT's heights have steps of 0.2 m"),
      of("(s|mileS)plits\\[].ascentM", 0, 2.2, Slack.NONE, "a climb counts from 2 m on"),
      of("figures.zones.seconds\\[]", 0, 1, Slack.TIMER_S, "as the timer"),
      of("figures.effort.energyKcal", 0, 1, Slack.SHARE_OF_TIMER, "whole kcal when shown"),
      of("figures.effort.trainingImpulse", 0, 0.1, Slack.SHARE_OF_TIMER, "tenths when shown"),
      of("figures.effort.gradeAdjusted.*", 0.001, 0.1, Slack.NONE, "heights in steps of 0.2 m"),
      of("figures.power.(highestW|intensityFactor)", 0, 0, Slack.NONE, "whole watts everywhere"),
      of("figures.power.*", 0.001, 0.1, Slack.SHARE_OF_TIMER, "tenths when shown"),
      of("figures.motion.highest.*", 0, 1, Slack.NONE, "GPX and TCX have whole turns a minute"),
      of("figures.motion.*", 0.001, 0.1, Slack.NONE, "turns a minute, whole in GPX and TCX"),
      of("bestEfforts\\[].elapsedS", 0.001, 0.1, Slack.NONE, "either end within a centimetre"),
      of("bestEfforts\\[].fromM", 0, 1, Slack.NONE, "one as good may begin a step beside it"),
      of("bestEfforts\\[].fromAtMs", 0, 1_000, Slack.NONE, "as where it begins"),
      of("(verdicts|suspicions)\\[].(at|fromAt|toAt)Ms", 0, 4, Slack.NONE, "half of 1/128 s"),
      of("verdicts\\[].(latitude|longitude)Deg", 0, 1.01e-7, Slack.NONE, "as the samples' places"),
      of("(verdicts|suspicions)\\[].(value|confidence)", 0.01, 0.1, Slack.NONE, "of such places"),
      exactly("revision|status|complete|sport|timeZone|algorithmVersion|canUndo|pointsApartMs"),
      exactly("change(\\..*)?|elevation\\..*|parts(\\[])?\\..*|figures.(parameters|writers)\\..*"),
      exactly("figures.(maxHeartRateBpm|fixCount|rejectedFixCount|effort.energyFormula)"),
      exactly("figures.zones.(maxHeartRateBpm|seconds.size)|figures.laps(\\[].index|.size)"),
      exactly("(s|mileS)plits(.size|\\[].(index|partial))"),
      exactly("bestEfforts(.size|\\[].(lengthM|estimated))|verdictCount"),
      exactly("verdicts(.size|\\[].(index|reason|limit|unit|writer))"),
      exactly("suspicions(.size|\\[].(reason|limit|unit))"));

  private FigureTolerances() {}

  /** Empty of a figure that nobody has thought of. */
  static Optional<Tolerance> of(String path) {
    String figure = figure(path);
    return ALL.stream().filter(one -> one.figures().matcher(figure).matches()).findFirst();
  }

  static String figure(String path) {
    return path.replaceAll("\\[\\d+]", "[]");
  }

  private static Tolerance of(
      String figures, double share, double least, Slack slack, String reason) {
    return new Tolerance(Pattern.compile(figures), share, least, slack, reason);
  }

  private static Tolerance exactly(String figures) {
    return of(figures, 0, 0, Slack.NONE, "nothing rounds it");
  }
}
