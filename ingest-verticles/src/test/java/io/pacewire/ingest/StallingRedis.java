package io.pacewire.ingest;

import io.pacewire.platform.redis.RedisCommands;
import io.pacewire.platform.redis.RedisSettings;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A Redis that can be stopped like a process by SIGSTOP: it takes connections and bytes, and says nothing. */
final class StallingRedis {
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final RedisSettings behind;
  private final NetServer server;
  private final Set<NetSocket> clients = new LinkedHashSet<>();
  private boolean stalled;

  StallingRedis() throws Exception {
    behind = RealServers.redis();
    Promise<NetServer> listening = Promise.promise();
    context.runOnContext(turn -> vertx
        .createNetServer()
        .connectHandler(this::connected)
        .listen(0, "127.0.0.1")
        .onComplete(listening));
    server = Await.get(listening.future());
  }

  Map<String, Object> settings() {
    return Map.of("redis.host", "127.0.0.1", "redis.port", server.actualPort());
  }

  RedisCommands client(Vertx caller) {
    return new RedisSettings("127.0.0.1", server.actualPort(), behind.password()).client(caller);
  }

  private void connected(NetSocket client) {
    client.pause();
    Future<NetSocket> redis = vertx.createNetClient().connect(behind.port(), behind.host());
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
        Future<Void> unused = client.write(bytes);
      });
      open.closeHandler(closed -> {
        Future<Void> unused = client.close();
      });
      clients.add(client); // not before: what came would be dropped
      if (!stalled) {
        client.resume();
      }
    });
  }

  /** What was sent before is answered. */
  void stall() throws Exception {
    stalled(true);
  }

  void goOn() throws Exception {
    stalled(false);
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

  void close() throws Exception {
    Await.get(vertx.close());
  }
}
