package io.pacewire.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Processes of one server that an instance which was killed left running, or that a killed postmaster left. Found by
 * what no stranger has: the identity in our pid file, our mark in the environment, or being a PostgreSQL inside our
 * cluster.
 */
final class Leftovers {
  private static final Path PROC = Path.of("/proc");
  private static final long LOOK_MS = 20;
  private static final Duration KILLED = Duration.ofSeconds(5);

  private final Layout layout;
  private final StackListener listener;

  Leftovers(Layout layout, StackListener listener) {
    this.layout = layout;
    this.listener = listener;
  }

  /** Stops what is found, politely first. Returns when nothing of this server runs any more. */
  void stop(ChildServer server) throws IOException, InterruptedException {
    Map<Long, ProcessIdentity> found = find(server.server());
    for (ProcessHandle root : roots(found)) {
      server.askToStop(root);
      listener.leftoverStopped(server.server(), root.pid());
    }
    if (!ended(found, server.leftoverGrace())) {
      handles(found).forEach(ProcessHandle::destroyForcibly);
      if (!ended(found, KILLED)) {
        throw new IOException("leftover processes cannot be ended: " + found.keySet());
      }
    }
    Files.deleteIfExists(layout.pidFile(server.server()));
  }

  private Map<Long, ProcessIdentity> find(StackServer server) throws IOException {
    Map<Long, ProcessIdentity> found = new LinkedHashMap<>();
    ProcessIdentity.read(layout.pidFile(server))
        .filter(ProcessIdentity::isRunning)
        .ifPresent(identity -> found.put(identity.pid(), identity));
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (isMarked(process, server) || isInCluster(process, server)) {
          long pid = Long.parseLong(process.getFileName().toString());
          ProcessIdentity.of(pid).ifPresent(identity -> found.put(pid, identity));
        }
      }
    }
    return found;
  }

  private boolean isMarked(Path process, StackServer server) {
    String mark = "\0" + ChildProcess.MARKER + "=" + ChildProcess.marker(layout, server) + "\0";
    try {
      byte[] environment = Files.readAllBytes(process.resolve("environ"));
      return ("\0" + new String(environment, StandardCharsets.UTF_8)).contains(mark);
    } catch (IOException notOurs) {
      return false;
    }
  }

  /** PostgreSQL writes its process title over its environment, but it lives in its cluster's folder. */
  private boolean isInCluster(Path process, StackServer server) {
    if (server != StackServer.POSTGRES) {
      return false;
    }
    try {
      return Files.readString(process.resolve("comm")).startsWith("postgres")
          && Files.readSymbolicLink(process.resolve("cwd")).equals(layout.data(server));
    } catch (IOException notOurs) {
      return false;
    }
  }

  /**
   * Whether all of them ended within the time. The JDK looks after processes that are not our children every 300 ms at
   * best, and for ever after those that nobody reaps; so we look ourselves, in between.
   */
  private static boolean ended(Map<Long, ProcessIdentity> found, Duration limit)
      throws InterruptedException {
    List<ProcessHandle> running = handles(found);
    CountDownLatch left = new CountDownLatch(running.size());
    for (ProcessHandle process : running) {
      CompletableFuture<Void> unused = process.onExit().thenRun(left::countDown);
    }
    long deadline = System.nanoTime() + limit.toNanos();
    while (!left.await(LOOK_MS, TimeUnit.MILLISECONDS) && !handles(found).isEmpty()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
    }
    return true;
  }

  /** Those whose parent is not among them: a postmaster ends its own children in order. */
  private static List<ProcessHandle> roots(Map<Long, ProcessIdentity> found) {
    Set<Long> pids = found.keySet();
    return handles(found).stream()
        .filter(process ->
            !process.parent().map(ProcessHandle::pid).map(pids::contains).orElse(false))
        .toList();
  }

  /** Asked anew each time: a number can have gone to somebody else while we waited. */
  private static List<ProcessHandle> handles(Map<Long, ProcessIdentity> found) {
    return found.values().stream()
        .map(ProcessIdentity::handle)
        .flatMap(Optional::stream)
        .collect(Collectors.toList());
  }
}
