package io.pacewire.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Real servers on 127.0.0.1 for one machine, each a child process. They are started in parallel, launched again on the
 * same port when they die, and stopped in order by {@link #close()}. Safe for use by several threads.
 */
public final class EmbeddedStack implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EmbeddedStack.class.getName());
  private static final Duration GRACE = Duration.ofSeconds(15);
  private static final long HOUSEKEEPING_S = 10;

  private final DataDirectoryLock lock;
  private final Layout layout;
  private final StackListener listener;
  private final ExecutorService workers = Executors.newCachedThreadPool(StackThread::new);
  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(StackThread::new);
  private final List<SupervisedChild> children = new ArrayList<>();
  private final List<SupervisedChild> stoppedLast = new ArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private Endpoints endpoints;

  private static final class StackThread extends Thread {
    StackThread(Runnable work) {
      super(work, "embedded-stack");
      setDaemon(true);
    }
  }

  private EmbeddedStack(DataDirectoryLock lock, StackListener listener) {
    this.lock = lock;
    this.layout = new Layout(lock.directory());
    this.listener = listener;
    this.endpoints = new Endpoints(Map.of(), Map.of(), layout.mail());
  }

  /** Locks the data directory and starts. */
  public static EmbeddedStack start(StackConfig config, StackListener listener) {
    return start(config, listener, DataDirectoryLock.acquire(config.dataDirectory()));
  }

  /**
   * Returns when every server answers its own protocol. If one does not, all are stopped again.
   *
   * @param lock of the data directory, taken earlier; released by {@link #close()} or a failed start
   * @throws StackException says what is in the way
   */
  public static EmbeddedStack start(
      StackConfig config, StackListener listener, DataDirectoryLock lock) {
    EmbeddedStack stack = new EmbeddedStack(lock, listener);
    try {
      stack.bringUp(config);
      return stack;
    } catch (RuntimeException failure) {
      stack.close();
      throw failure;
    } catch (InterruptedException stopped) {
      stack.close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting", stopped);
    } catch (Exception failure) {
      stack.close();
      throw new IllegalStateException(
          "the embedded stack could not be started: " + failure, failure);
    }
  }

  /** Where the servers are. Stays true across restarts of a server. */
  public Endpoints endpoints() {
    return endpoints;
  }

  /** Stops every server, PostgreSQL last, each within a bounded time, and releases the directory. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    List<Runnable> unused = timers.shutdownNow();
    boolean interrupted =
        Thread.interrupted(); // who closes while interrupted still wants no server left
    try {
      stop(children);
      stop(stoppedLast);
    } catch (InterruptedException again) {
      interrupted = true;
    } finally {
      workers.shutdown();
      lock.close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void bringUp(StackConfig config) throws Exception {
    DiskWatch disk = new DiskWatch(layout.root(), config.minimumFreeBytes(), listener);
    disk.requireSpace();
    // Whatever an earlier instance left holds ports and files: first it goes, then ports are looked
    // at.
    ServerPlan plan = new ServerPlan(config, layout);
    Leftovers leftovers = new Leftovers(layout, listener);
    Together.run(workers, plan.servers(Map.of()), leftovers::stop);
    Map<StackPort, Integer> ports = PortPicker.pick(config, listener);
    List<ChildServer> servers = plan.servers(ports);
    endpoints = plan.endpoints(ports);
    for (ChildServer server : servers) {
      SupervisedChild child =
          new SupervisedChild(server, layout, listener, timers, workers, config.readyTimeout());
      boolean unused =
          (server.server() == StackServer.POSTGRES ? stoppedLast : children).add(child);
    }
    List<SupervisedChild> all = new ArrayList<>(children);
    all.addAll(stoppedLast);
    Together.run(workers, all, SupervisedChild::start);
    ScheduledFuture<?> unused = timers.scheduleWithFixedDelay(
        () -> housekeeping(disk), HOUSEKEEPING_S, HOUSEKEEPING_S, TimeUnit.SECONDS);
  }

  private void housekeeping(DiskWatch disk) {
    try {
      disk.look();
      for (StackServer server : StackServer.values()) {
        new LogFile(layout.log(server)).bound(LogFile.LIMIT_BYTES);
      }
    } catch (IOException failure) {
      LOG.log(System.Logger.Level.WARNING, "housekeeping failed", failure);
    }
  }

  private void stop(List<SupervisedChild> group) throws InterruptedException {
    try {
      Together.run(workers, group, this::stop);
    } catch (InterruptedException stopped) {
      throw stopped;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** One that cannot be stopped must not keep us from stopping the others. */
  private void stop(SupervisedChild child) throws InterruptedException {
    try {
      child.stop(GRACE);
    } catch (IOException | RuntimeException failure) {
      LOG.log(System.Logger.Level.WARNING, "a server was not stopped in good order", failure);
    }
  }
}
