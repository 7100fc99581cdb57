package io.pacewire.stack;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The command line of a Java server, tuned to start fast and stay small. Its first run leaves an archive of the loaded
 * classes behind when it ends well; later runs map that, which halves start time and saves a quarter of the memory.
 */
final class JavaCommand {
  private final StackServer server;
  private final Layout layout;
  private final List<Path> classPath;
  private final Path archive;

  JavaCommand(StackServer server, Layout layout, ServerFiles files) throws IOException {
    this.server = server;
    this.layout = layout;
    this.classPath = files.classPath(server);
    this.archive = layout.run().resolve(server.id() + "-" + fingerprint() + ".jsa");
  }

  List<String> line(String mainClass, int heapMib) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-Xmx" + heapMib + "m");
    // One collector thread, one compiler, small stacks: these servers idle most of the time, on few
    // cores.
    line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k"));
    line.addAll(List.of("-XX:-UsePerfData", "-XX:+ExitOnOutOfMemoryError"));
    line.addAll(archiveOptions());
    line.add("-Djava.io.tmpdir=" + layout.temporary());
    line.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    line.add("-Dorg.slf4j.simpleLogger.showDateTime=true");
    line.add("-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSZ");
    line.add(
        "-Dlog4j2.loggerContextFactory=org.apache.logging.log4j.simple.SimpleLoggerContextFactory");
    line.add("-cp");
    line.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    line.add(mainClass);
    line.add(layout.settings(server).toString());
    return line;
  }

  /** Only an archive whose writer ended well gets the name under which it is used. */
  void keepArchive() throws IOException {
    if (Files.exists(freshArchive())) {
      Files.move(freshArchive(), archive, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private List<String> archiveOptions() {
    return Files.exists(archive)
        ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:class+path=off")
        : List.of("-XX:ArchiveClassesAtExit=" + freshArchive(), "-Xlog:cds=off");
  }

  private Path freshArchive() {
    return archive.resolveSibling(archive.getFileName() + ".new");
  }

  /** An archive fits one JVM and one class path; any other combination gets one of its own. */
  private String fingerprint() throws IOException {
    StringBuilder all = new StringBuilder(System.getProperty("java.vm.version"));
    all.append(System.getProperty("java.home"));
    for (Path jar : classPath) {
      all.append(jar)
          .append(Files.size(jar))
          .append(Files.getLastModifiedTime(jar).toMillis());
    }
    return UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8))
        .toString();
  }
}
