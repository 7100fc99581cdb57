package io.pacewire.activity;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * npm's fit-file-parser (MIT), a FIT decoder that nobody here wrote, installed where the build puts
 * what it makes, from npm's cache where it is there. Without npm its tests are skipped, loudly.
 */
public final class OtherFitReader {
  private static final String PACKAGE = "fit-file-parser";
  private static final String VERSION = "6.1.2";
  private static String failure;
  private static Path folder;

  private OtherFitReader() {}

  /** What it reads, as JSON: records, laps, sessions, events, hrv; times in ms. */
  public static String read(byte[] fit) throws Exception {
    Path script = installed().resolve("read.mjs");
    Path file = Files.createTempFile(script.getParent(), "written", ".fit");
    Path printed = Files.createTempFile(script.getParent(), "read", ".json");
    Path errors = Files.createTempFile(script.getParent(), "read", ".log");
    Files.write(file, fit);
    Process node = new ProcessBuilder("node", script.toString(), file.toString())
        .redirectOutput(printed.toFile())
        .redirectError(errors.toFile())
        .start();
    if (!node.waitFor(1, TimeUnit.MINUTES) || node.exitValue() != 0) {
      node.destroy();
      throw new AssertionError("the other decoder refused it: " + Files.readString(errors));
    }
    return Files.readString(printed);
  }

  private static synchronized Path installed() throws Exception {
    if (folder == null && failure == null) {
      failure = install();
    }
    if (failure != null) {
      System.err.println("SKIPPED: FIT by another decoder: " + failure);
      Assumptions.abort(failure);
    }
    return folder;
  }

  private static String install() throws Exception {
    Path into = Files.createDirectories(Path.of("target/fit-file-parser")).toAbsolutePath();
    if (!Files.exists(into.resolve("node_modules/" + PACKAGE + "/package.json"))) {
      try {
        Process npm = new ProcessBuilder(
                "npm",
                "install",
                "--prefer-offline",
                "--no-audit",
                "--no-fund",
                "--prefix",
                into.toString(),
                PACKAGE + "@" + VERSION)
            .redirectErrorStream(true)
            .redirectOutput(new File("target/fit-file-parser-npm.log"))
            .start();
        if (!npm.waitFor(2, TimeUnit.MINUTES) || npm.exitValue() != 0) {
          npm.destroy();
          return "npm did not install " + PACKAGE + ", see target/fit-file-parser-npm.log";
        }
      } catch (IOException e) {
        return "no npm: " + e.getMessage();
      }
    }
    try (InputStream script = OtherFitReader.class.getResourceAsStream("/fit/read.mjs")) {
      Files.copy(script, into.resolve("read.mjs"), StandardCopyOption.REPLACE_EXISTING);
    }
    folder = into;
    return null;
  }
}
