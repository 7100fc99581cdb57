package io.pacewire.bench.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Class paths of peers, resolved by Maven when they are first asked for. */
final class PeerFiles {
  private PeerFiles() {}

  /** The folder of HiveMQ's jars. */
  static Path hiveMq() throws IOException, InterruptedException {
    Path home =
        Path.of(System.getProperty("pacewire.home", ".")).toAbsolutePath().normalize();
    Path pom = home.resolve("benchmarks/peers/hivemq/pom.xml");
    Path directory = home.resolve("benchmarks/target/peers/hivemq");
    Path complete = directory.resolve("complete");
    if (!Files.exists(complete)
        || Files.getLastModifiedTime(complete).compareTo(Files.getLastModifiedTime(pom)) < 0) {
      resolve(home, pom, directory);
      Path unused = Files.writeString(complete, "");
    }
    return directory.resolve("lib");
  }

  private static void resolve(Path home, Path pom, Path directory)
      throws IOException, InterruptedException {
    Path log = Files.createDirectories(directory).resolve("build.log");
    Path maven = List.of(Path.of("/usr/bin/mvn"), Path.of("/usr/local/bin/mvn")).stream()
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(home.resolve("mvnw"));
    Process build = new ProcessBuilder(
            maven.toString(),
            "-q",
            "-B",
            "-ntp",
            "-f",
            pom.toString(),
            "-Dpeer.directory=" + directory,
            "package")
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
    if (build.waitFor() != 0) {
      throw new IOException("HiveMQ could not be resolved; see " + log);
    }
  }
}
