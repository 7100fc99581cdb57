package io.pacewire.launcher;

import io.pacewire.activity.MalformedActivityException;
import io.pacewire.launcher.client.DemoAccount;
import io.pacewire.launcher.replay.DeviceStore;
import io.pacewire.launcher.replay.RecordedFile;
import io.pacewire.launcher.replay.Replay;
import io.pacewire.launcher.replay.ReplayOptions;
import io.pacewire.launcher.replay.Timeline;
import io.pacewire.launcher.replay.TrainingResult;
import io.pacewire.sdk.UploadState;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Streams a recorded activity through the SDK, in this process, into a platform in another. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Streams a recorded GPX, TCX or FIT activity through the SDK, as if it happened now.",
      "Goes into the platform that runs in the data directory, or starts one."
    })
final class ReplayCommand implements Callable<Integer> {
  enum Time {
    NOW,
    ORIGINAL
  }

  private static final Duration LEFTOVERS_PATIENCE = Duration.ofSeconds(20);

  @Spec
  CommandSpec spec = CommandSpec.create();

  @Mixin
  CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "FILE", description = "The recorded activity, gzipped or not.")
  Path file = Path.of("");

  @Option(
      names = "--speed",
      paramLabel = "N",
      description = "How many times faster than recorded. Default: ${DEFAULT-VALUE}")
  double speed = 20;

  @Option(
      names = "--time",
      description =
          "now: the last sample falls on now. original: the dates are kept. Default: ${DEFAULT-VALUE}")
  Time time = Time.NOW;

  @Option(
      names = "--exit-when-done",
      description = "Stop a platform that was started for this once the training is there.")
  boolean exitWhenDone;

  @Override
  public Integer call() throws Exception {
    if (!Files.isReadable(file)) {
      throw new ParameterException(spec.commandLine(), "FILE: " + file + " cannot be read");
    }
    if (!(speed > 0 && speed <= 10_000)) {
      throw new ParameterException(spec.commandLine(), "--speed must be above 0 and at most 10000");
    }
    PrintStream say = System.err;
    Timeline timeline = read();
    say.printf(
        Locale.ROOT,
        "%s: %s, %d samples, %d:%02d:%02d long, %s times as fast%n",
        file.getFileName(),
        timeline.sport(),
        timeline.events().size(),
        timeline.durationMs() / 3_600_000,
        timeline.durationMs() / 60_000 % 60,
        timeline.durationMs() / 1_000 % 60,
        speed);
    try (RunningPlatform platform = RunningPlatform.findOrStart(common, say)) {
      TrainingResult result = stream(platform, timeline, say);
      if (common.json) {
        System.out.println(result.json().encode());
      } else {
        System.out.print(result.text());
      }
      if (platform.wasStartedHere() && !exitWhenDone) {
        DemoAccount account = DemoAccount.signIn(platform.client(), platform.secrets());
        say.println("See it at " + account.signInLink() + " ; Ctrl-C stops the platform.");
        platform.join();
      }
    }
    return 0;
  }

  private Timeline read() throws IOException {
    try {
      return RecordedFile.read(file);
    } catch (MalformedActivityException e) {
      throw new StartException(file.getFileName() + ": " + e.getMessage());
    }
  }

  private TrainingResult stream(RunningPlatform platform, Timeline timeline, PrintStream say)
      throws IOException, InterruptedException {
    DemoAccount account = DemoAccount.signIn(platform.client(), platform.secrets());
    ReplayOptions options = new ReplayOptions(
        speed,
        time == Time.ORIGINAL,
        platform.streamUrl(),
        platform.certificateAuthority(),
        common.dataDirectory.resolve("replay"));
    DeviceStore.sendLeftovers(account, options, LEFTOVERS_PATIENCE);
    Replay replay = Replay.start(timeline, account, options);
    Thread interrupted = new Thread(replay::close, "replay-end");
    Runtime.getRuntime().addShutdownHook(interrupted);
    try (replay) {
      ProgressBar bar = new ProgressBar(say);
      replay.play(bar);
      replay.awaitStored(bar);
      UploadState upload = replay.uploadState();
      bar.done();
      return TrainingResult.await(platform.client(), account, replay.sessionId(), upload);
    }
  }

  /** One line that is written over on a terminal, a line each tenth elsewhere. */
  private static final class ProgressBar implements Replay.Progress {
    private static final int WIDTH = 30;
    private final PrintStream say;
    // The script sets jdk.console, so that newer JDKs say null here too where there is no terminal.
    @SuppressWarnings("SystemConsoleNull")
    private final boolean terminal = System.console() != null;

    private int lastTenth = -1;
    private String lastFault = "";

    ProgressBar(PrintStream say) {
      this.say = say;
    }

    @Override
    public void played(double share, UploadState state) {
      int filled = (int) Math.round(share * WIDTH);
      String line = String.format(
          Locale.ROOT,
          "[%s%s] %3.0f %%  %d sent, %d acknowledged, %d stored%s",
          "#".repeat(filled),
          ".".repeat(WIDTH - filled),
          share * 100,
          state.batchesSent(),
          state.batchesAcked(),
          state.batchesStored(),
          state.connected() ? "" : ", the platform is away");
      int tenth = (int) (share * 10);
      String fault = state.connected() ? "" : "away";
      if (terminal) {
        say.print("\r" + line + "   ");
      } else if (tenth != lastTenth || !fault.equals(lastFault)) {
        say.println(line);
      }
      lastTenth = tenth;
      lastFault = fault;
    }

    void done() {
      if (terminal) {
        say.println();
      }
    }
  }
}
