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
 * whenever the device asks for its ledger, for a week. A hash for each device, {@code session writer seq}
 * to the reason, with a mark whether the device was told. Bounded: of a full one those go that were told;
 * where none was, one more is not kept.
 */
final class RefusalStore {
  static final int MOST_OF_A_DEVICE = 256;
  private static final long KEPT_MS = 7L * 24 * 60 * 60 * 1_000;

  private static final int SESSION = 0;
  private static final int WRITER = 1;
  private static final int SEQ = 2;

  /** ARGV: most, keep ms, and fields and reasons in turn. */
  private static final String KEEP = """
      local new = 0
      for i = 3, #ARGV, 2 do new = new + 1 - redis.call('HEXISTS', KEYS[1], ARGV[i]) end
      if redis.call('HLEN', KEYS[1]) + new > tonumber(ARGV[1]) then
        local all = redis.call('HGETALL', KEYS[1])
        for i = 1, #all, 2 do
          if string.sub(all[i + 1], 1, 1) == 't' then redis.call('HDEL', KEYS[1], all[i]) end
        end
        new = 0
        for i = 3, #ARGV, 2 do new = new + 1 - redis.call('HEXISTS', KEYS[1], ARGV[i]) end
        if redis.call('HLEN', KEYS[1]) + new > tonumber(ARGV[1]) then return 0 end
      end
      for i = 3, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], 'w' .. ARGV[i + 1]) end
      redis.call('PEXPIRE', KEYS[1], ARGV[2])
      return 1
      """;

  /** ARGV: fields. */
  private static final String TOLD = """
      for i = 1, #ARGV do
        local old = redis.call('HGET', KEYS[1], ARGV[i])
        if old then redis.call('HSET', KEYS[1], ARGV[i], 't' .. string.sub(old, 2)) end
      end
      return 1
      """;

  /** Flat, so that it is the same in both versions of Redis' protocol. */
  private static final String LIST = "return redis.call('HGETALL', KEYS[1])";

  private final @Nullable RedisCommands redis;

  /** @param redis null where nothing is kept */
  RefusalStore(@Nullable RedisCommands redis) {
    this.redis = redis;
  }

  /** The same twice is once. Fails where it could not be kept. */
  Future<Void> keep(UUID deviceId, LedgerEntry refused) {
    RedisCommands commands = redis;
    if (commands == null) {
      return Future.failedFuture("there is no Redis to keep refusals");
    }
    Request keep = eval(KEEP, deviceId).arg(MOST_OF_A_DEVICE).arg(KEPT_MS);
    refused.refused().forEach((seq, reason) -> keep.arg(field(refused, seq)).arg(reason));
    return commands
        .send(keep)
        .compose(kept -> kept != null && kept.toInteger() == 1
            ? Future.succeededFuture()
            : Future.failedFuture("the device was refused too much that it does not hear of"));
  }

  /** The device heard of these: they may go where room is needed. */
  Future<Void> told(UUID deviceId, LedgerEntry refused) {
    RedisCommands commands = redis;
    if (commands == null || refused.refused().isEmpty()) {
      return Future.succeededFuture();
    }
    Request told = eval(TOLD, deviceId);
    refused.refused().keySet().forEach(seq -> told.arg(field(refused, seq)));
    return commands.send(told).mapEmpty();
  }

  /** By session and writer; of one with very many more than one entry. */
  Future<List<LedgerEntry>> list(UUID deviceId) {
    RedisCommands commands = redis;
    return commands == null
        ? Future.succeededFuture(List.of())
        : commands.send(eval(LIST, deviceId)).map(RefusalStore::entries);
  }

  private static List<LedgerEntry> entries(@Nullable Response flat) {
    LedgerNews all = new LedgerNews();
    for (int i = 0; flat != null && i + 1 < flat.size(); i += 2) {
      String[] parts = flat.get(i).toString().split(" ", -1);
      all.refuse(
          UUID.fromString(parts[SESSION]),
          Integer.parseInt(parts[WRITER]),
          Integer.parseInt(parts[SEQ]),
          flat.get(i + 1).toString().substring(1));
    }
    return new ArrayList<>(all.entries());
  }

  private static Request eval(String script, UUID deviceId) {
    return Request.cmd(Command.EVAL).arg(script).arg(1).arg("mqtt:{" + deviceId + "}:refusals");
  }

  private static String field(LedgerEntry refused, int seq) {
    return refused.sessionId() + " " + refused.writer() + " " + seq;
  }
}
