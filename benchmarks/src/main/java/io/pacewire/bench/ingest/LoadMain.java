package io.pacewire.bench.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;

/** The generator's process: a {@link LoadPlan} a line comes in, what came of it goes out. */
public final class LoadMain {
  private static final int THREADS = 2;

  private LoadMain() {}

  public static void main(String[] args) throws Exception {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(THREADS, NioIoHandler.newFactory());
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      say(run(LoadPlan.from(new JsonObject(line)), loops));
    }
    System.exit(0);
  }

  private static JsonObject run(LoadPlan plan, EventLoopGroup loops) {
    try {
      return new LoadRun(plan, loops, () -> say(new JsonObject().put("begun", true))).run();
    } catch (Exception e) {
      return new JsonObject().put("fault", e.toString());
    }
  }

  private static void say(JsonObject told) {
    System.out.println(told.encode());
  }
}
