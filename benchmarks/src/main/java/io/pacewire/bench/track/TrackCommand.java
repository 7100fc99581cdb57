package io.pacewire.bench.track;

import io.pacewire.launcher.report.Goals;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the fold. */
@Command(
    name = "track",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the fold of fixes and accelerometer samples, and the look-up of segments,",
      "by JMH: some three minutes, one core, up to 1.5 GB."
    })
public final class TrackCommand implements Callable<Integer> {
  @Option(
      names = "--json",
      description = "Print one JSON document; progress goes to standard error.")
  boolean json;

  @Option(
      names = "--quick",
      description =
          "One short round over fewer sessions and segments: shows that it works, no more.")
  boolean quick;

  @Override
  public Integer call() throws RunnerException {
    PrintStream say = json ? System.err : System.out;
    Goals goals = new TrackBenchmarks(quick, say).run();
    say.printf(
        Locale.ROOT,
        "%nJava %s, %d processors%s%n%n",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        quick ? "; a quick run, whose figures say little" : "");
    System.out.println(json ? goals.json().encode() : goals.table());
    return 0;
  }
}
