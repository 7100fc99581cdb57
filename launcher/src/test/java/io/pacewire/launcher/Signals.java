package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

/** Signals that Java cannot send. */
final class Signals {
  private Signals() {}

  static void send(String signal, long pid) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
    assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
    boolean gone = ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
    assertThat(gone || kill.exitValue() == 0).as("kill -" + signal + " " + pid).isTrue();
  }
}
