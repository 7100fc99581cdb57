package io.pacewire.launcher;

import io.pacewire.launcher.client.DemoAccount;
import io.pacewire.launcher.client.PlatformClient;
import io.pacewire.launcher.replay.DemoRun;
import io.pacewire.launcher.replay.DeviceStore;
import io.pacewire.launcher.replay.Replay;
import io.pacewire.launcher.replay.ReplayOptions;
import io.pacewire.stack.StackListener;
import io.pacewire.stack.StackServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts everything and stays until it is told to stop. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts the whole platform on this machine and a demo run; Ctrl-C stops it.")
final class UpCommand implements Callable<Integer> {
  @Mixin
  CommonOptions common = new CommonOptions();

  @Option(names = "--no-demo", description = "No demo athlete and no demo run.")
  boolean noDemo;

  @Option(
      names = "--demo-speed",
      paramLabel = "N",
      description = "How many times faster than life the demo runs. Default: ${DEFAULT-VALUE}")
  double demoSpeed = 10;

  @Spec
  CommandSpec spec = CommandSpec.create();

  private final OrderlyEnd end = new OrderlyEnd();
  private volatile @Nullable Replay demo;

  @Override
  public Integer call() throws Exception {
    if (!(demoSpeed > 0 && demoSpeed <= 10_000)) {
      throw new ParameterException(
          spec.commandLine(), "--demo-speed must be above 0 and at most 10000");
    }
    long begun = System.nanoTime();
    PrintStream say = common.json ? System.err : System.out;
    JsonObject settings = common.read();
    say.println("Pacewire starts in " + common.dataDirectory.toAbsolutePath().normalize());
    end.guard();
    try (Platform platform = Platform.start(
        common.dataDirectory, Home.serverFiles(), settings, new Progress(say), end)) {
      end.started();
      double tookS = (System.nanoTime() - begun) / 1e9;
      say.printf(Locale.ROOT, "Ready after %.1f s.%n%n", tookS);
      ClassArchive.isWhole();
      tell(platform, say, tookS);
      if (!noDemo) {
        Thread runner = new Thread(() -> demo(platform, say), "demo");
        runner.setDaemon(true);
        runner.start();
      }
      end.await();
      say.println("Stopping.");
      Replay playing = demo;
      if (playing != null) {
        playing
            .close(); // before the platform: what it still takes need not wait for the next start
      }
    } catch (RuntimeException e) {
      if (!end.excuses(e)) {
        throw e;
      }
      say.println("Stopped before it was ready.");
    } finally {
      end.closed();
    }
    return 0;
  }

  private void tell(Platform platform, PrintStream say, double tookS) throws IOException {
    JsonObject endpoints = platform.endpoints();
    String link = null;
    if (!noDemo) {
      link = account(platform).signInLink();
    }
    if (common.json) {
      System.out.println(endpoints
          .copy()
          .put("startS", Math.round(tookS * 10) / 10.0)
          .put("signInUrl", link)
          .encode());
      return;
    }
    say.println("  Console      " + endpoints.getString("consoleUrl"));
    if (link != null) {
      say.println("  Sign in once " + link);
    }
    say.println("  WebSocket    " + endpoints.getString("streamUrl"));
    say.println("  MQTT         " + endpoints.getString("mqttUrl") + ", "
        + endpoints.getString("mqttWsUrl"));
    say.println("  Trust        " + endpoints.getString("certificateAuthority"));
    say.println();
    say.println(
        "The certificate is this machine's own, so a browser asks once. Ctrl-C stops everything.");
  }

  private static DemoAccount account(Platform platform) throws IOException {
    PlatformClient client = new PlatformClient(
        URI.create(platform.endpoints().getString("consoleUrl")), platform.certificateAuthority());
    return DemoAccount.signIn(client, secrets(platform));
  }

  private static Path secrets(Platform platform) {
    return platform.certificateAuthority().resolveSibling("../secrets").normalize();
  }

  private void demo(Platform platform, PrintStream say) {
    try {
      ReplayOptions options = new ReplayOptions(
          demoSpeed,
          false,
          URI.create(platform.endpoints().getString("streamUrl")),
          platform.certificateAuthority(),
          secrets(platform).resolveSibling("demo"));
      DemoAccount account = account(platform);
      DeviceStore.sendLeftovers(account, options, Duration.ofSeconds(20));
      Replay replay = Replay.start(DemoRun.startingAt(0), account, options);
      demo = replay;
      sayWhileUp(say, "A demo run is being recorded, " + demoSpeed + " times as fast as life.");
      replay.play(Replay.Progress.NONE);
      boolean stored = replay.awaitStored(Duration.ofMinutes(10));
      sayWhileUp(
          say, stored ? "The demo run is finished and stored." : "The demo run is not stored yet.");
      replay.close();
    } catch (IOException | RuntimeException e) {
      sayWhileUp(say, "The demo run failed: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Who stopped everything knows that the demo is stopped, too: what it then misses is no failure. */
  private void sayWhileUp(PrintStream say, String line) {
    if (!end.isAsked()) {
      say.println(line);
    }
  }

  /** What the servers do, a line each. */
  private record Progress(PrintStream say) implements StackListener {
    @Override
    public void ready(StackServer server, Duration took) {
      say.printf(Locale.ROOT, "  %-9s %.1f s%n", server.id(), took.toMillis() / 1e3);
    }

    @Override
    public void leftoverStopped(StackServer server, long pid) {
      say.println("  " + server.id() + ": stopped what a killed start left, process " + pid);
    }

    @Override
    public void died(StackServer server, int exitStatus, Duration restartIn) {
      say.println("  " + server.id() + " died with status " + exitStatus + ", again in "
          + restartIn.toMillis() + " ms");
    }

    @Override
    public void restarted(StackServer server, Duration took) {
      say.println("  " + server.id() + " is back");
    }

    @Override
    public void diskLow(long usableBytes, long minimumBytes) {
      say.println("  disk: only " + (usableBytes >> 20) + " MiB are left (stack.minimumFreeMib)");
    }
  }
}
