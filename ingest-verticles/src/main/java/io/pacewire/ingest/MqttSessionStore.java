package io.pacewire.ingest;

import io.pacewire.platform.redis.RedisCommands;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * MQTT sessions in Redis, so that any node resumes them: one hash for each device, its fields the
 * client ids, {@code expires-at-ms connection#save json}. A device has few; one more drops the one that
 * ends first. Commands go over several connections, and one that was given up may be carried out yet: a save
 * that comes after a later one of the same connection changes nothing.
 */
final class MqttSessionStore {
  static final int MOST_OF_A_DEVICE = 8;
  /**
   * A connected session is saved again well before: what a node that died leaves ends so much after
   * the session's own time, at the latest.
   */
  static final long WHILE_CONNECTED_MS = 12L * 60 * 60 * 1_000;

  /**
   * ARGV: client id, connection, expires at, JSON, most, keep ms, number of the save, and 1 to write in any
   * case, 0 only where the session is there and the connection's: one that was discarded does not come back.
   */
  private static final String SAVE = """
      local old = redis.call('HGET', KEYS[1], ARGV[1])
      local own = old and string.find(old, ARGV[2], 1, true)
      if ARGV[8] == '0' and not own then return 0 end
      if own and tonumber(string.match(old, '^%d+ [^ ]+#(%d+) ')) > tonumber(ARGV[7]) then
        return 1
      end
      local saved = ARGV[2] .. '#' .. ARGV[7]
      redis.call('HSET', KEYS[1], ARGV[1], ARGV[3] .. ' ' .. saved .. ' ' .. ARGV[4])
      if redis.call('HLEN', KEYS[1]) > tonumber(ARGV[5]) then
        local all = redis.call('HGETALL', KEYS[1])
        local first, at = nil, math.huge
        for i = 1, #all, 2 do
          local ends = tonumber(string.match(all[i + 1], '^%d+'))
          if all[i] ~= ARGV[1] and ends < at then first, at = all[i], ends end
        end
        redis.call('HDEL', KEYS[1], first)
      end
      redis.call('PEXPIRE', KEYS[1], ARGV[6])
      return 1
      """;

  /** ARGV: client id, connection. */
  private static final String REMOVE = """
      local old = redis.call('HGET', KEYS[1], ARGV[1])
      if old and string.find(old, ARGV[2], 1, true) then redis.call('HDEL', KEYS[1], ARGV[1]) end
      return 1
      """;

  /** Of the hash; none of its fields can be told to last longer. */
  private static final long LONGEST_MS = 370L * 24 * 60 * 60 * 1_000;

  private static final int OVERWRITE = 1;
  private static final int IF_STILL_ITS_OWN = 0;

  private final @Nullable RedisCommands redis;
  private final InstantSource clock;

  /** @param redis null where nothing is kept */
  MqttSessionStore(@Nullable RedisCommands redis, InstantSource clock) {
    this.redis = redis;
    this.clock = clock;
  }

  /** What is left of a client's session; empty where there is none or its time is over. */
  Future<Optional<JsonObject>> find(UUID deviceId, String clientId) {
    return send(Request.cmd(Command.HGET).arg(key(deviceId)).arg(clientId)).map(answer -> {
      if (answer == null) {
        return Optional.empty();
      }
      String[] parts = answer.toString().split(" ", 3);
      return Long.parseLong(parts[0]) > clock.millis()
          ? Optional.of(new JsonObject(parts[2]))
          : Optional.empty();
    });
  }

  /** Whether another connection than this one, which had taken the session, has it now. */
  Future<Boolean> isOvertaken(UUID deviceId, String clientId, UUID connection) {
    return send(Request.cmd(Command.HGET).arg(key(deviceId)).arg(clientId))
        .map(answer -> answer != null && !answer.toString().contains(connection.toString()));
  }

  /**
   * At connect: from now on the session is this connection's. One that is not kept leaves none. Fails where a newer
   * connection came: the session is that one's.
   */
  Future<Void> take(MqttSession session) {
    if (session.isOvertaken()) {
      return Future.failedFuture(new IllegalStateException("a newer connection has the session"));
    }
    Future<?> taken = session.isKept()
        ? save(session, whileConnected(session), OVERWRITE)
        : forget(session.deviceId(), session.clientId());
    return taken.<Void>mapEmpty().onSuccess(done -> session.taken());
  }

  /**
   * A change while connected; fails where a newer connection has the session. Where it could not be taken at
   * connect it is now; where it is gone, or an older connection took it late, it is taken back. After the
   * connection was left, what changed since is added, if the session is still there, and its end stays.
   */
  Future<Void> save(MqttSession session) {
    if (session.isLeft()) {
      return saveLeft(session);
    }
    return session.isTaken()
        ? save(session, whileConnected(session), IF_STILL_ITS_OWN)
            .compose(saved -> saved || session.isLeft() ? Future.succeededFuture() : take(session))
        : take(session);
  }

  /** At the end of a connection: the session lives on for its own time. */
  Future<Void> leave(MqttSession session) {
    session.left(clock.millis() + session.expiryS() * 1_000);
    return saveLeft(session);
  }

  private Future<Void> saveLeft(MqttSession session) {
    return session.isKept()
        ? save(session, session.endsAtMs(), IF_STILL_ITS_OWN).mapEmpty()
        : remove(session);
  }

  private long whileConnected(MqttSession session) {
    return clock.millis() + WHILE_CONNECTED_MS + session.expiryS() * 1_000;
  }

  /** False where it is another connection's, or gone. */
  private Future<Boolean> save(MqttSession session, long endsAtMs, int mode) {
    return send(Request.cmd(Command.EVAL)
            .arg(SAVE)
            .arg(1)
            .arg(key(session.deviceId()))
            .arg(session.clientId())
            .arg(session.connection().toString())
            .arg(endsAtMs)
            .arg(session.toJson().encode())
            .arg(MOST_OF_A_DEVICE)
            .arg(LONGEST_MS)
            .arg(session.nextSave())
            .arg(mode))
        .map(answer -> answer == null || answer.toInteger() == 1);
  }

  private Future<Void> remove(MqttSession session) {
    return send(Request.cmd(Command.EVAL)
            .arg(REMOVE)
            .arg(1)
            .arg(key(session.deviceId()))
            .arg(session.clientId())
            .arg(session.connection().toString()))
        .mapEmpty();
  }

  /** What was there is not to be resumed. */
  Future<Void> forget(UUID deviceId, String clientId) {
    return send(Request.cmd(Command.HDEL).arg(key(deviceId)).arg(clientId)).mapEmpty();
  }

  private Future<@Nullable Response> send(Request command) {
    return redis == null ? Future.succeededFuture() : redis.send(command);
  }

  private static String key(UUID deviceId) {
    return "mqtt:{" + deviceId + "}:sessions";
  }
}
