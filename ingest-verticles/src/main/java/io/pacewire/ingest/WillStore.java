package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.platform.redis.RedisCommands;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Wills in Redis that a node which stopped left to the others, in the order in which they are due. One that
 * is due is lent to one node for a while, and is there until that node says that it is told. Bounded; what
 * has no room is for the node that stops to tell.
 */
final class WillStore {
  static final int MOST = 100_000;
  static final int MOST_AT_ONCE = 100;
  /** Then it is another's turn: the answer was lost, the node was killed, or Kafka did not take it. */
  static final long LENT_MS = 30_000;

  static final String KEY = "mqtt:wills";
  private static final System.Logger LOG = System.getLogger(WillStore.class.getName());

  /** ARGV: most, and of each will when it is due, and itself. */
  private static final String KEEP = """
      if redis.call('ZCARD', KEYS[1]) + (#ARGV - 1) / 2 > tonumber(ARGV[1]) then return 0 end
      for i = 2, #ARGV, 2 do redis.call('ZADD', KEYS[1], ARGV[i], ARGV[i + 1]) end
      return 1
      """;

  /** ARGV: now, most, when they are due again. */
  private static final String LEND = """
      local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
      for i = 1, #due do redis.call('ZADD', KEYS[1], ARGV[3], due[i]) end
      return due
      """;

  private final @Nullable RedisCommands redis;

  /** @param kept as it is in Redis, maybe in the words of another version */
  record Lent(String kept, LeftWill will) {}

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

  /** Those whose time has come, some of them: for {@link #LENT_MS} they are this node's to tell. */
  Future<List<Lent>> lend(long nowMs) {
    RedisCommands commands = redis;
    return commands == null
        ? Future.succeededFuture(List.of())
        : commands
            .send(Request.cmd(Command.EVAL)
                .arg(LEND)
                .arg(1)
                .arg(KEY)
                .arg(nowMs)
                .arg(MOST_AT_ONCE)
                .arg(nowMs + LENT_MS))
            .map(this::wills);
  }

  /** It is told, or is not to be told any more. */
  Future<Void> done(String kept) {
    RedisCommands commands = redis;
    return commands == null
        ? Future.succeededFuture()
        : commands.send(Request.cmd(Command.ZREM).arg(KEY).arg(kept)).mapEmpty();
  }

  private List<Lent> wills(@Nullable Response answer) {
    List<Lent> wills = new ArrayList<>();
    if (answer != null) {
      answer.forEach(one -> read(one.toString(), wills));
    }
    return wills;
  }

  private void read(String kept, List<Lent> wills) {
    try {
      wills.add(new Lent(kept, LeftWill.decode(kept)));
    } catch (RuntimeException e) { // it would keep the others from being told for ever
      LOG.log(WARNING, "a will that cannot be read is thrown away", e);
      done(kept).onFailure(cause -> LOG.log(DEBUG, "nor thrown away: {0}", cause.getMessage()));
    }
  }
}
