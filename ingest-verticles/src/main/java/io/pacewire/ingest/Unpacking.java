package io.pacewire.ingest;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;

/**
 * Takes packed and JSON bodies apart beside the event loop, one at a time: a small one may become
 * megabytes. Athletes take turns, however many bodies each of them has. One for each event loop.
 */
final class Unpacking {
  private final Vertx vertx;
  private final Map<UUID, Deque<Runnable>> waiting = new LinkedHashMap<>();
  private boolean busy;

  Unpacking(Vertx vertx) {
    this.vertx = vertx;
  }

  <T> Future<T> run(UUID athlete, Callable<T> work) {
    Promise<T> result = Promise.promise();
    waiting
        .computeIfAbsent(athlete, first -> new ArrayDeque<>())
        .add(() -> vertx.executeBlocking(work, false).onComplete(done -> {
          busy = false;
          result.handle(done);
          next();
        }));
    next();
    return result.future();
  }

  private void next() {
    Iterator<Map.Entry<UUID, Deque<Runnable>>> turns = waiting.entrySet().iterator();
    if (busy || !turns.hasNext()) {
      return;
    }
    Map.Entry<UUID, Deque<Runnable>> turn = turns.next();
    UUID athlete = turn.getKey();
    Deque<Runnable> own = turn.getValue();
    turns.remove();
    Runnable work = own.remove();
    if (!own.isEmpty()) {
      waiting.put(athlete, own); // behind the others
    }
    busy = true;
    work.run();
  }
}
