package io.pacewire.bench.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of ours that is told and tells, one JSON document a line. It ends with its input. */
public final class Child implements AutoCloseable {
  private static final long CLOSE_WITHIN_S = 40;

  private final String name;
  private final Process process;
  private final BufferedWriter to;
  private final BufferedReader from;

  private Child(String name, Process process) {
    this.name = name;
    this.process = process;
    this.to = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
    this.from = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /** A JVM with our own class path. */
  public static Child java(Class<?> main, Path log, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    return start(main.getSimpleName(), log, command);
  }

  static Child start(String name, Path log, List<String> command) throws IOException {
    return new Child(
        name,
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start());
  }

  public long pid() {
    return process.pid();
  }

  public void tell(String line) throws IOException {
    to.write(line);
    to.newLine();
    to.flush();
  }

  private String line() throws IOException {
    String line = from.readLine();
    if (line == null) {
      throw new IOException(name + " ended; see its log");
    }
    return line;
  }

  /** What a JVM says of itself, as a flight recorder does, is no answer. */
  public JsonObject hear() throws IOException {
    String line = line();
    while (!line.startsWith("{")) {
      line = line();
    }
    return new JsonObject(line);
  }

  public JsonObject ask(JsonObject what) throws IOException {
    tell(what.encode());
    return hear();
  }

  /** {@link #kill} in a while, unless it ends before. */
  void killAfter(int ms) throws InterruptedException {
    if (!process.waitFor(ms, TimeUnit.MILLISECONDS)) {
      kill();
    }
  }

  /** As {@code kill -9} does. */
  public void kill() throws InterruptedException {
    Process unused = process.destroyForcibly();
    int unusedStatus = process.waitFor();
  }

  @Override
  public void close() throws IOException {
    try {
      to.close();
      if (!process.waitFor(CLOSE_WITHIN_S, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
