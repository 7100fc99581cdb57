package io.pacewire.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process that cannot be mistaken for another one of the same number: pid, start time in clock ticks since boot, and
 * which boot that was. (ProcessHandle's start instant moves when the wall clock is set.)
 */
record ProcessIdentity(long pid, long startTicks, String boot) {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  /** Field 22 of proc(5) stat, counted from the state, which follows the closing parenthesis of the name. */
  private static final int START_TIME_AFTER_NAME = 19;

  /** The identity of a running process; empty if there is none of that number. */
  static Optional<ProcessIdentity> of(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      boolean zombie = fields[0].equals("Z");
      return zombie
          ? Optional.empty()
          : Optional.of(new ProcessIdentity(
              pid,
              Long.parseLong(fields[START_TIME_AFTER_NAME]),
              Files.readString(BOOT_ID).strip()));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  static Optional<ProcessIdentity> read(Path file) {
    try {
      String[] fields = Files.readString(file).strip().split(" ", -1);
      return fields.length == 3
          ? Optional.of(
              new ProcessIdentity(Long.parseLong(fields[0]), Long.parseLong(fields[1]), fields[2]))
          : Optional.empty();
    } catch (IOException | NumberFormatException unusable) {
      return Optional.empty();
    }
  }

  void write(Path file) throws IOException {
    PrivateFiles.write(file, pid + " " + startTicks + " " + boot + "\n");
  }

  boolean isRunning() {
    return of(pid).filter(this::equals).isPresent();
  }

  /** The live process, if it still is this one. */
  Optional<ProcessHandle> handle() {
    return isRunning() ? ProcessHandle.of(pid) : Optional.empty();
  }
}
