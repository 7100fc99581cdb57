package io.pacewire.stack;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what the stack told its listener. */
final class EventLog implements StackListener {
  private final List<String> events = new CopyOnWriteArrayList<>();

  List<String> events() {
    return events;
  }

  @Override
  public void ready(StackServer server, Duration took) {
    events.add("ready " + server.id());
  }

  @Override
  public void leftoverStopped(StackServer server, long pid) {
    events.add("leftover " + server.id());
  }

  @Override
  public void portMoved(StackPort port, int from, int to) {
    events.add("moved " + port);
  }

  @Override
  public void died(StackServer server, int exitStatus, Duration restartIn) {
    events.add("died " + server.id());
  }

  @Override
  public void restarted(StackServer server, Duration took) {
    events.add("restarted " + server.id());
  }

  @Override
  public void diskLow(long usableBytes, long minimumBytes) {
    events.add("disk low");
  }
}
