package io.pacewire.gamification;

import io.pacewire.platform.redis.RedisCommands;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Weekly boards in Redis. Scores are absolute and carry a version: a replayed one changes nothing,
 * one that was overtaken is dropped.
 */
final class LeaderboardStore {
  private static final int KEEP_S = 60 * 60 * 24 * 400;

  /** Both keys of a week share a hash tag, so that they stay together in a cluster. */
  private static final String PUT = """
      local known = tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or '-1')
      if tonumber(ARGV[3]) < known then return 0 end
      redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
      if tonumber(ARGV[2]) > 0 then
        redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
      else
        redis.call('ZREM', KEYS[1], ARGV[1])
      end
      redis.call('EXPIRE', KEYS[1], ARGV[4])
      redis.call('EXPIRE', KEYS[2], ARGV[4])
      return 1
      """;

  private final RedisCommands redis;

  LeaderboardStore(RedisCommands redis) {
    this.redis = redis;
  }

  /** A place on a board. */
  record Place(UUID athleteId, long xp) {}

  Future<Void> put(XpLedger.Score score) {
    return redis
        .send(Request.cmd(Command.EVAL)
            .arg(PUT)
            .arg(2)
            .arg(board(score.week()))
            .arg(versions(score.week()))
            .arg(score.athleteId().toString())
            .arg(score.xp())
            .arg(score.version())
            .arg(KEEP_S))
        .mapEmpty();
  }

  /** False for a week that Redis knows nothing of: it may have lost it. */
  Future<Boolean> knows(String week) {
    return redis
        .send(Request.cmd(Command.EXISTS).arg(versions(week)))
        .map(answer -> answer.toInteger() == 1);
  }

  /** The best, best first. */
  Future<List<Place>> top(String week, int count) {
    return redis
        .send(Request.cmd(Command.ZRANGE)
            .arg(board(week))
            .arg(0)
            .arg(count - 1)
            .arg("REV")
            .arg("WITHSCORES"))
        .map(LeaderboardStore::places);
  }

  /** RESP3 answers with pairs, RESP2 with members and scores by turns. */
  private static List<Place> places(Response answer) {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < answer.size(); i++) {
      Response item = answer.get(i);
      boolean pair = item.type() == ResponseType.MULTI;
      Response member = pair ? item.get(0) : item;
      Response score = pair ? item.get(1) : answer.get(++i);
      places.add(new Place(
          UUID.fromString(member.toString()), Math.round(Double.parseDouble(score.toString()))));
    }
    return places;
  }

  private static String board(String week) {
    return "board:{" + week + "}";
  }

  private static String versions(String week) {
    return "board:{" + week + "}:versions";
  }
}
