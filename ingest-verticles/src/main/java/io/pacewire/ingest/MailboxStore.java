package io.pacewire.ingest;

import io.pacewire.platform.redis.RedisCommands;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Commands that wait for devices, in Redis, so that any node delivers them: a hash for each device,
 * bounded in number and bytes; {@code number expires-at-ms payload} by the command's id. Those that were
 * delivered are known by their ids until they would have expired: Kafka may bring them once more.
 */
final class MailboxStore {
  /** Of a device; of more the ones that expire first are forgotten. */
  private static final int MOST_DELIVERED = 256;

  /** KEYS: waiting, delivered. ARGV: now, id, expires at, payload, most, most bytes. */
  private static final String OFFER = """
      local delivered = redis.call('ZSCORE', KEYS[2], ARGV[2])
      if delivered and tonumber(delivered) > tonumber(ARGV[1]) then return 1 end
      local count, bytes, last, keep = 0, 0, 0, tonumber(ARGV[3])
      local all = redis.call('HGETALL', KEYS[1])
      for i = 1, #all, 2 do
        local number, ends = string.match(all[i + 1], '^(%d+) (%d+) ')
        if tonumber(ends) <= tonumber(ARGV[1]) then
          redis.call('HDEL', KEYS[1], all[i])
        else
          if all[i] == ARGV[2] then return 1 end
          count = count + 1
          bytes = bytes + #all[i + 1]
          last = math.max(last, tonumber(number))
          keep = math.max(keep, tonumber(ends))
        end
      end
      if count >= tonumber(ARGV[5]) or bytes + #ARGV[4] > tonumber(ARGV[6]) then return 0 end
      redis.call('HSET', KEYS[1], ARGV[2], (last + 1) .. ' ' .. ARGV[3] .. ' ' .. ARGV[4])
      redis.call('PEXPIREAT', KEYS[1], string.format('%d', keep))
      return 1
      """;

  /** KEYS: waiting, delivered. ARGV: now, id, most delivered. */
  private static final String REMOVE = """
      local value = redis.call('HGET', KEYS[1], ARGV[2])
      if not value then return 0 end
      redis.call('HDEL', KEYS[1], ARGV[2])
      redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[1])
      redis.call('ZADD', KEYS[2], string.match(value, '^%d+ (%d+) '), ARGV[2])
      redis.call('ZREMRANGEBYRANK', KEYS[2], 0, -1 - tonumber(ARGV[3]))
      local last = redis.call('ZREVRANGE', KEYS[2], 0, 0, 'WITHSCORES')
      redis.call('PEXPIREAT', KEYS[2], string.format('%d', tonumber(last[2])))
      return 1
      """;

  /** ARGV: now. Flat, so that it is the same in both versions of Redis' protocol. */
  private static final String LIST = """
      local all, waiting = redis.call('HGETALL', KEYS[1]), {}
      for i = 1, #all, 2 do
        local number, ends = string.match(all[i + 1], '^(%d+) (%d+) ')
        if tonumber(ends) <= tonumber(ARGV[1]) then
          redis.call('HDEL', KEYS[1], all[i])
        else
          table.insert(waiting, {tonumber(number), all[i], ends,
              string.sub(all[i + 1], #number + #ends + 3)})
        end
      end
      table.sort(waiting, function(a, b) return a[1] < b[1] end)
      local flat = {}
      for _, one in ipairs(waiting) do
        for i = 2, 4 do table.insert(flat, one[i]) end
      end
      return flat
      """;

  private final @Nullable RedisCommands redis;
  private final InstantSource clock;
  private final int most;
  private final int mostBytes;

  /** @param redis null where nothing is kept */
  MailboxStore(@Nullable RedisCommands redis, InstantSource clock, int most, int mostBytes) {
    this.redis = redis;
    this.clock = clock;
    this.most = most;
    this.mostBytes = mostBytes;
  }

  /** False where the mailbox is full. The same id twice is once, also after it was delivered. */
  Future<Boolean> offer(UUID deviceId, DeviceCommand command) {
    return send(Request.cmd(Command.EVAL)
            .arg(OFFER)
            .arg(2)
            .arg(key(deviceId))
            .arg(deliveredKey(deviceId))
            .arg(clock.millis())
            .arg(command.id())
            .arg(command.expiresAtMs())
            .arg(command.payload())
            .arg(most)
            .arg(mostBytes))
        .map(answer -> answer != null && answer.toInteger() == 1);
  }

  /** What waits, oldest first. */
  Future<List<DeviceCommand>> list(UUID deviceId) {
    return send(Request.cmd(Command.EVAL).arg(LIST).arg(1).arg(key(deviceId)).arg(clock.millis()))
        .map(answer -> answer == null ? List.of() : commands(answer));
  }

  private static List<DeviceCommand> commands(Response flat) {
    List<DeviceCommand> commands = new ArrayList<>();
    for (int i = 0; i + 2 < flat.size(); i += 3) {
      commands.add(new DeviceCommand(
          flat.get(i).toString(),
          flat.get(i + 1).toLong(),
          Buffer.buffer(flat.get(i + 2).toBytes())));
    }
    return commands;
  }

  /** It was delivered. */
  Future<Void> remove(UUID deviceId, String id) {
    return send(Request.cmd(Command.EVAL)
            .arg(REMOVE)
            .arg(2)
            .arg(key(deviceId))
            .arg(deliveredKey(deviceId))
            .arg(clock.millis())
            .arg(id)
            .arg(MOST_DELIVERED))
        .mapEmpty();
  }

  private Future<@Nullable Response> send(Request command) {
    return redis == null ? Future.succeededFuture() : redis.send(command);
  }

  private static String key(UUID deviceId) {
    return "mqtt:{" + deviceId + "}:commands";
  }

  private static String deliveredKey(UUID deviceId) {
    return "mqtt:{" + deviceId + "}:delivered";
  }
}
