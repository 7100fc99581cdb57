package io.pacewire.ingest;

import io.pacewire.platform.redis.RedisCommands;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Wills in Redis that a node which stopped left to the others, in the order in which they are due. Each is
 * taken by one node alone. Bounded; what has no room is for the node that stops to tell.
 */
final class WillStore {
  static final int MOST = 100_000;
  static final int MOST_AT_ONCE = 100;
  private static final String KEY = "mqtt:wills";

  /** ARGV: most, and of each will when it is due, and itself. */
  private static final String KEEP = """
      if redis.call('ZCARD', KEYS[1]) + (#ARGV - 1) / 2 > tonumber(ARGV[1]) then return 0 end
      for i = 2, #ARGV, 2 do redis.call('ZADD', KEYS[1], ARGV[i], ARGV[i + 1]) end
      return 1
      """;

  /** ARGV: now, most. */
  private static final String TAKE = """
      local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
      for i = 1, #due do redis.call('ZREM', KEYS[1], due[i]) end
      return due
      """;

  private final @Nullable RedisCommands redis;

  /** @param redis null where nothing is kept */
  WillStore(@Nullable RedisCommands redis) {
    this.redis = redis;
  }

  /** At most {@link #MOST_AT_ONCE}. Fails where they could not be kept. */
  Future<Void> keep(List<LeftWill> wills) {
    RedisCommands commands = redis;
    if (commands == null) {
      return Future.failedFuture("there is no Redis to keep wills");
    }
    Request keep = Request.cmd(Command.EVAL).arg(KEEP).arg(1).arg(KEY).arg(MOST);
    wills.forEach(will -> keep.arg(will.dueAtMs()).arg(will.encode()));
    return commands
        .send(keep)
        .compose(answer -> answer != null && answer.toInteger() == 1
            ? Future.succeededFuture()
            : Future.failedFuture("too many wills wait"));
  }

  /** Those whose time has come, some of them: they are this node's to tell now. */
  Future<List<LeftWill>> takeDue(long nowMs) {
    RedisCommands commands = redis;
    return commands == null
        ? Future.succeededFuture(List.of())
        : commands
            .send(Request.cmd(Command.EVAL).arg(TAKE).arg(1).arg(KEY).arg(nowMs).arg(MOST_AT_ONCE))
            .map(WillStore::wills);
  }

  private static List<LeftWill> wills(@Nullable Response answer) {
    List<LeftWill> wills = new ArrayList<>();
    if (answer != null) {
      answer.forEach(one -> wills.add(LeftWill.decode(one.toString())));
    }
    return wills;
  }
}
