package io.pacewire.launcher;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what this machine lacks, and how to mend it. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Says what is missing on this machine and how to mend it.")
final class DoctorCommand implements Callable<Integer> {
  private static final long MIN_MEMORY_MIB = 1_500;

  @Mixin
  CommonOptions common = new CommonOptions();

  @Option(names = "--install", description = "Mend what may be mended here (needs apt and root).")
  boolean install;

  /** @param needed without it the platform does not run */
  private record Finding(String what, boolean fine, boolean needed, String detail, String mend) {}

  @Override
  public Integer call() throws Exception {
    List<Finding> findings = look();
    Finding browser = findings.get(findings.size() - 1);
    if (install && !browser.fine()) {
      installChromium();
      findings = look();
    }
    print(findings);
    return findings.stream().anyMatch(finding -> finding.needed() && !finding.fine()) ? 1 : 0;
  }

  private List<Finding> look() throws IOException {
    List<Finding> findings = new ArrayList<>();
    int java = Runtime.version().feature();
    findings.add(
        new Finding("JDK", java >= 17, true, "version " + java, "install a JDK of 17 or newer"));
    Path servers = Home.serverFiles();
    findings.add(new Finding(
        "servers",
        Files.exists(servers.resolve("complete")),
        true,
        "PostgreSQL, Kafka, Redis, S3, SMTP",
        "run ./pacewire up once, which builds them"));
    long freeMib = existing(common.dataDirectory.toAbsolutePath()).toFile().getUsableSpace() >> 20;
    findings.add(new Finding(
        "disk",
        freeMib > 1_024,
        true,
        freeMib + " MiB free",
        "free some space or give --data elsewhere"));
    long memoryMib = memoryMib();
    findings.add(new Finding(
        "memory",
        memoryMib > MIN_MEMORY_MIB,
        true,
        memoryMib + " MiB",
        "1.5 GiB and more are needed"));
    boolean chromium = Stream.of(
            "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .anyMatch(path -> Files.isExecutable(Path.of(path)));
    findings.add(new Finding(
        "Chromium",
        chromium,
        false,
        chromium ? "found" : "only the browser tests need it",
        "./pacewire doctor --install, or apt-get install chromium"));
    return findings;
  }

  private static Path existing(Path path) {
    Path parent = path.getParent();
    return Files.exists(path) || parent == null ? path : existing(parent);
  }

  private static long memoryMib() throws IOException {
    Path info = Path.of("/proc/meminfo");
    if (!Files.exists(info)) {
      return Long.MAX_VALUE >> 20;
    }
    for (String line : Files.readAllLines(info)) {
      if (line.startsWith("MemTotal:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
      }
    }
    return 0;
  }

  private static void installChromium() throws IOException, InterruptedException {
    for (List<String> command : List.of(
        List.of("apt-get", "update", "-qq"),
        List.of("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"))) {
      System.err.println("pacewire: " + String.join(" ", command));
      Process process = new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
      if (process.waitFor() != 0) {
        throw new StartException("'" + String.join(" ", command) + "' failed");
      }
    }
  }

  private void print(List<Finding> findings) {
    if (common.json) {
      JsonArray array = new JsonArray();
      for (Finding finding : findings) {
        array.add(new JsonObject()
            .put("what", finding.what())
            .put("fine", finding.fine())
            .put("needed", finding.needed())
            .put("detail", finding.detail())
            .put("mend", finding.fine() ? null : finding.mend()));
      }
      System.out.println(array.encode());
      return;
    }
    for (Finding finding : findings) {
      String state = finding.fine() ? "ok" : finding.needed() ? "MISSING" : "missing";
      System.out.printf("%-9s %-8s %s%n", finding.what(), state, finding.detail());
      if (!finding.fine()) {
        System.out.println("          -> " + finding.mend());
      }
    }
  }
}
