package io.pacewire.platform.stack;

import io.pacewire.platform.redis.RedisCommands;
import io.pacewire.platform.redis.RedisSettings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A Redis that can be stopped like a process by SIGSTOP: it takes connections and bytes, and says nothing. */
public final class StallingRedis {
  private final Vertx vertx = Vertx.vertx();
  private final NetClient toRedis = vertx.createNetClient();
  private final Context context = vertx.getOrCreateContext();
  private final RedisSettings behind;
  private final NetServer server;
  private final Set<NetSocket> clients = new LinkedHashSet<>();
  private final AtomicInteger lost = new AtomicInteger();
  private volatile String losing = "none, as no answer has this in it";
  private boolean stalled;
  private int hosts = 1;

  public StallingRedis() throws Exception {
    behind = RealServers.redis();
    Promise<NetServer> listening = Promise.promise();
    context.runOnContext(turn -> vertx
        .createNetServer()
        .connectHandler(this::connected)
        .listen(0, "127.0.0.1")
        .onComplete(listening));
    server = Await.get(listening.future());
  }

  public Map<String, Object> settings() {
    return Map.of("redis.host", "127.0.0.1", "redis.port", server.actualPort());
  }

  public RedisCommands client(Vertx caller) {
    return new RedisSettings("127.0.0.1", server.actualPort(), behind.password()).client(caller);
  }

  private void connected(NetSocket client) {
    client.pause();
    int host = hosts;
    Future<NetSocket> redis = toRedis.connect(behind.port(), behind.host());
    client.closeHandler(closed -> {
      clients.remove(client);
      redis.onSuccess(open -> {
        Future<Void> unused = open.close();
      });
    });
    redis.onSuccess(open -> {
      client.handler(bytes -> {
        Future<Void> unused = open.write(bytes);
      });
      open.handler(bytes -> {
        if (bytes.toString().contains(losing)) {
          int unused = lost.incrementAndGet();
        } else {
          Future<Void> unused = client.write(bytes);
        }
      });
      open.closeHandler(closed -> {
        Future<Void> unused = client.close();
      });
      if (host != hosts) {
        return;
      }
      clients.add(client); // not before: what came would be dropped
      if (!stalled) {
        client.resume();
      }
    });
  }

  /** What was asked is done, and nobody hears of it. */
  public void loseAnswersWith(String text) {
    losing = text;
  }

  public int lostAnswers() {
    return lost.get();
  }

  /** What was sent before is answered. */
  public void stall() throws Exception {
    stalled(true);
  }

  public void goOn() throws Exception {
    stalled(false);
  }

  /** The host is gone, another one has its address: what was connected is answered never, what comes is. */
  public void moveAway() throws Exception {
    Promise<Void> done = Promise.promise();
    context.runOnContext(turn -> {
      stalled = false;
      hosts++;
      clients.forEach(NetSocket::pause);
      clients.clear();
      done.complete();
    });
    Await.get(done.future());
  }

  private void stalled(boolean now) throws Exception {
    Promise<Void> done = Promise.promise();
    context.runOnContext(turn -> {
      stalled = now;
      clients.forEach(client -> {
        NetSocket unused = now ? client.pause() : client.resume();
      });
      done.complete();
    });
    Await.get(done.future());
  }

  public void close() throws Exception {
    Await.get(vertx.close());
  }
}
