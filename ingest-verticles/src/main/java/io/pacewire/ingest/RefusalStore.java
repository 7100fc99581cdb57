package io.pacewire.ingest;

import io.pacewire.platform.redis.RedisCommands;
import io.pacewire.wire.LedgerEntry;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a device was refused whose acknowledgement could not say so, in Redis: it is told on any node
 * whenever the device asks for its ledger, for a week. Bounded; the oldest goes first.
 */
final class RefusalStore {
  private static final int MOST_OF_A_DEVICE = 64;
  private static final long KEPT_MS = 7L * 24 * 60 * 60 * 1_000;

  /** ARGV: entry, most, keep ms. */
  private static final String KEEP = """
      redis.call('LREM', KEYS[1], 0, ARGV[1])
      redis.call('RPUSH', KEYS[1], ARGV[1])
      redis.call('LTRIM', KEYS[1], -tonumber(ARGV[2]), -1)
      redis.call('PEXPIRE', KEYS[1], ARGV[3])
      return 1
      """;

  private final @Nullable RedisCommands redis;

  /** @param redis null where nothing is kept */
  RefusalStore(@Nullable RedisCommands redis) {
    this.redis = redis;
  }

  /** The same twice is once. Fails where it could not be kept. */
  Future<Void> keep(UUID deviceId, LedgerEntry refused) {
    RedisCommands commands = redis;
    return commands == null
        ? Future.failedFuture("there is no Redis to keep refusals")
        : commands
            .send(Request.cmd(Command.EVAL)
                .arg(KEEP)
                .arg(1)
                .arg(key(deviceId))
                .arg(refused.encode())
                .arg(MOST_OF_A_DEVICE)
                .arg(KEPT_MS))
            .mapEmpty();
  }

  Future<List<LedgerEntry>> list(UUID deviceId) {
    RedisCommands commands = redis;
    return commands == null
        ? Future.succeededFuture(List.of())
        : commands
            .send(Request.cmd(Command.LRANGE).arg(key(deviceId)).arg(0).arg(-1))
            .map(answer -> entries(answer));
  }

  private static List<LedgerEntry> entries(@Nullable Response answer) {
    List<LedgerEntry> entries = new ArrayList<>();
    if (answer != null) {
      answer.forEach(one -> entries.add(LedgerEntry.parse(one.toBytes())));
    }
    return entries;
  }

  private static String key(UUID deviceId) {
    return "mqtt:{" + deviceId + "}:refused";
  }
}
