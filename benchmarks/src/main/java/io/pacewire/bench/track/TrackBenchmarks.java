package io.pacewire.bench.track;

import io.pacewire.launcher.report.Goals;
import io.pacewire.launcher.report.Goals.Bound;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks of this package, each in a process of its own, and holds them to the goals. */
final class TrackBenchmarks {
  /** States that lie apart in a gigabyte: with pages of 4 KiB half the time goes to finding them. */
  private static final String HUGE_PAGES = "-XX:+UseTransparentHugePages";

  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final int SESSIONS = 1_000_000;
  private static final int SEGMENTS = 100_000;
  private static final int QUICK_SHARE = 100;

  private final boolean quick;
  private final PrintStream say;

  TrackBenchmarks(boolean quick, PrintStream say) {
    this.quick = quick;
    this.say = say;
  }

  Goals run() throws RunnerException {
    int sessions = quick ? SESSIONS / QUICK_SHARE : SESSIONS;
    int segments = quick ? SEGMENTS / QUICK_SHARE : SEGMENTS;
    RunResult hot = measure(HotSessionBenchmark.class, "256m", "", 0);
    RunResult live = measure(LiveSessionsBenchmark.class, "1500m", "sessions", sessions);
    RunResult motion = measure(AccelerometerBenchmark.class, "256m", "", 0);
    RunResult near = measure(SegmentIndexBenchmark.class, "1g", "segments", segments);
    Goals goals = new Goals();
    goals.add("fixes, one hot session", Bound.AT_LEAST, 2, perSecond(hot) / 1e6, "M/s");
    // The smallest object has 16: below one, nothing is made for a fix, but for splits and
    // verdicts.
    goals.add(
        "allocation per fix, splits and verdicts included", Bound.AT_MOST, 1, allocated(hot), "B");
    goals.add(
        String.format(Locale.ROOT, "fixes, one a batch, %,d live sessions in 1.5 GB", sessions),
        Bound.AT_LEAST,
        0.3,
        perSecond(live) / 1e6,
        "M/s");
    goals.add(
        "50 Hz accelerometer: decode, validate, fold",
        Bound.AT_MOST,
        30,
        nanoseconds(motion),
        "ns a sample");
    goals.add(
        String.format(Locale.ROOT, "segments near a fix, of %,d", segments),
        Bound.AT_MOST,
        50,
        nanoseconds(near) / 1e3,
        "us");
    return goals;
  }

  private RunResult measure(Class<?> benchmark, String heap, String parameter, int value)
      throws RunnerException {
    ChainedOptionsBuilder options = new OptionsBuilder()
        .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
        .jvmArgs("-Xms" + heap, "-Xmx" + heap, "-XX:+UseParallelGC", HUGE_PAGES)
        .addProfiler(GCProfiler.class)
        .threads(1)
        .forks(quick ? 1 : 2)
        .warmupIterations(quick ? 1 : 5)
        .measurementIterations(quick ? 1 : 5)
        .warmupTime(time())
        .measurementTime(time())
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
    if (!parameter.isEmpty()) {
      options.param(parameter, Integer.toString(value));
    }
    say.printf(Locale.ROOT, "%-26s", benchmark.getSimpleName());
    say.flush();
    RunResult result = new Runner(options.build()).runSingle();
    say.printf(
        Locale.ROOT,
        " %10.1f ns +- %.1f, %.3f B%n",
        nanoseconds(result),
        result.getPrimaryResult().getScoreError(),
        allocated(result));
    return result;
  }

  private TimeValue time() {
    return quick ? TimeValue.milliseconds(200) : new TimeValue(2, TimeUnit.SECONDS);
  }

  private static double nanoseconds(RunResult result) {
    return result.getPrimaryResult().getScore();
  }

  private static double perSecond(RunResult result) {
    return 1e9 / nanoseconds(result);
  }

  /** Bytes an operation, to a hundredth: the harness itself allocates a little in each iteration. */
  private static double allocated(RunResult result) {
    Result<?> bytes = result.getSecondaryResults().get(ALLOCATED);
    return bytes == null ? Double.NaN : Math.round(bytes.getScore() * 100) / 100.0;
  }
}
