package io.pacewire.bench.ingest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the meters show at one moment: messages credited, and processor time of others and our own. */
record Reading(long ns, long credited, List<Long> cpuNs, long ownCpuNs) {

  static Reading of(List<LoadConnection> connections, List<Long> processes) {
    List<Long> used = new ArrayList<>();
    for (long pid : processes) {
      used.add(ProcessHandle.of(pid).map(Reading::withChildrenNs).orElse(0L));
    }
    long credited = connections.stream().mapToLong(LoadConnection::credited).sum();
    return new Reading(System.nanoTime(), credited, used, cpuNs(ProcessHandle.current()));
  }

  /** Each connection of PostgreSQL is a process of its own. */
  private static long withChildrenNs(ProcessHandle process) {
    return cpuNs(process) + process.descendants().mapToLong(Reading::cpuNs).sum();
  }

  private static long cpuNs(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  List<Long> cpuNsSince(Reading before) {
    List<Long> used = new ArrayList<>();
    for (int i = 0; i < cpuNs.size(); i++) {
      used.add(cpuNs.get(i) - before.cpuNs.get(i));
    }
    return used;
  }
}
