package io.pacewire.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps one server running: launches it, waits until it answers, launches it again when it dies. */
final class SupervisedChild {
  private static final System.Logger LOG = System.getLogger(SupervisedChild.class.getName());
  private static final int SIGTERM_STATUS = 143;
  private static final long POLL_MS = 20;
  private static final Duration STABLE = Duration.ofSeconds(60);
  private static final Duration KILLED = Duration.ofSeconds(5);

  private final ChildServer server;
  private final Layout layout;
  private final StackListener listener;
  private final ScheduledExecutorService timers;
  private final Executor workers;
  private final Duration readyTimeout;
  private @Nullable Process process;
  private boolean stopping;
  private int deaths;

  SupervisedChild(
      ChildServer server,
      Layout layout,
      StackListener listener,
      ScheduledExecutorService timers,
      Executor workers,
      Duration readyTimeout) {
    this.server = server;
    this.layout = layout;
    this.listener = listener;
    this.timers = timers;
    this.workers = workers;
    this.readyTimeout = readyTimeout;
  }

  /** Returns when the server answers. A death before that is an error here, not a reason to try again. */
  void start() throws InterruptedException {
    listener.starting(server.server());
    long from = System.nanoTime();
    bringUp();
    listener.ready(server.server(), since(from));
  }

  /** Asks it to end, and after the grace period ends it. It is not launched again. */
  void stop(Duration grace) throws IOException, InterruptedException {
    Process running;
    synchronized (this) {
      stopping = true;
      running = process;
    }
    if (running == null) {
      return;
    }
    if (running.isAlive()) {
      server.askToStop(running.toHandle());
    }
    if (!running.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
      kill(running);
    } else if (running.exitValue() == 0 || running.exitValue() == SIGTERM_STATUS) {
      server.stoppedCleanly();
    }
    Files.deleteIfExists(layout.pidFile(server.server()));
  }

  private void bringUp() throws InterruptedException {
    long from = System.nanoTime();
    try {
      Process launched = launch();
      try {
        awaitAnswer(launched);
        server.populate();
      } catch (IOException | RuntimeException | InterruptedException failure) {
        kill(launched);
        throw failure;
      }
      CompletableFuture<Void> unused =
          launched.onExit().thenAccept(dead -> died(dead.exitValue(), since(from)));
    } catch (IOException failure) {
      throw new ServerFailedException(
          server.server(), String.valueOf(failure.getMessage()), failure);
    }
  }

  private synchronized Process launch() throws IOException, InterruptedException {
    if (stopping) {
      throw new IOException("the stack is being stopped");
    }
    server.prepare();
    Process launched = new ChildProcess(layout)
        .launch(server.server(), server.workingDirectory(), server.command());
    process = launched;
    ProcessIdentity identity = ProcessIdentity.of(launched.pid()).orElse(null);
    if (identity != null) {
      identity.write(layout.pidFile(server.server()));
    }
    return launched;
  }

  private void awaitAnswer(Process launched) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + readyTimeout.toNanos();
    while (true) {
      String fault;
      try {
        server.probe();
        return;
      } catch (IOException notYet) {
        fault = String.valueOf(notYet.getMessage());
      }
      if (launched.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
        throw new IOException("it ended with status " + launched.exitValue() + lastWords());
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("no answer within " + readyTimeout + ": " + fault + lastWords());
      }
    }
  }

  private String lastWords() {
    String tail = new LogFile(layout.log(server.server())).tail(5);
    return tail.isEmpty() ? "" : "; its log ends with:\n" + tail;
  }

  private synchronized void died(int exitStatus, Duration lived) {
    if (stopping) {
      return;
    }
    deaths = lived.compareTo(STABLE) > 0 ? 1 : deaths + 1;
    Duration delay = Backoff.after(deaths);
    listener.died(server.server(), exitStatus, delay);
    ScheduledFuture<?> unused = timers.schedule(
        () -> workers.execute(this::restart), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void restart() {
    long from = System.nanoTime();
    try {
      new Leftovers(layout, listener).stop(server);
      bringUp();
      listener.restarted(server.server(), since(from));
    } catch (IOException | RuntimeException failure) {
      LOG.log(System.Logger.Level.WARNING, "restart failed", failure);
      died(-1, since(from));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void kill(Process running) throws InterruptedException {
    Process unused = running.destroyForcibly();
    boolean unusedResult = running.waitFor(KILLED.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }
}
