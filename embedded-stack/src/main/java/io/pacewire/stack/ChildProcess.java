package io.pacewire.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How every process of the stack is launched: own session, bare environment, marked as ours, output to a file. */
final class ChildProcess {
  /** Environment variable whose value, {@link #marker}, tells a later start that the process is ours. */
  static final String MARKER = "PACEWIRE_CHILD";

  private static final Set<String> PASSED_ON = Set.of("PATH", "HOME", "LANG", "TZ");
  private static final List<Path> SETSID =
      List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

  private final Layout layout;

  ChildProcess(Layout layout) {
    this.layout = layout;
  }

  static String marker(Layout layout, StackServer server) {
    return server.id() + ":" + layout.root();
  }

  /** The process keeps its pid through setsid, which only replaces itself. */
  Process launch(StackServer server, Path workingDirectory, List<String> command)
      throws IOException {
    List<String> line = new ArrayList<>();
    // A session of its own: Ctrl-C in the terminal reaches us alone, and we stop the servers in
    // order.
    SETSID.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .ifPresent(it -> line.add(it.toString()));
    line.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(line)
        .directory(workingDirectory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(layout.log(server).toFile()));
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(PASSED_ON);
    environment.put(MARKER, marker(layout, server));
    environment.put("MALLOC_ARENA_MAX", "2"); // a Java server's native memory, halved
    return builder.start();
  }
}
