package io.pacewire.platform.pg;

import io.pacewire.platform.config.ConfigSection;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One context's access to PostgreSQL: a role of its own, which owns a schema of its own.
 *
 * @param schema also the name of the context
 */
public record PgSettings(
    String host,
    int port,
    String database,
    String schema,
    String user,
    String password,
    int connections) {
  private static final int USUAL_CONNECTIONS = 4;

  /** Half of what its database role may have: two nodes at least find room. */
  private static final int MOST_CONNECTIONS = 64;

  /** PostgreSQL ends a statement after that. */
  private static final int STATEMENT_S = 30;

  /** So long a connection may say nothing: longer than any statement, and than the outbox's lock is held. */
  private static final int SILENT_S = 60;

  /** Whoever is not used is closed before it is silent for that. */
  private static final int UNUSED_S = 45;

  private static final Map<String, String> LOOKUPS = Map.of(
      "enable_seqscan", "off",
      "enable_hashjoin", "off",
      "enable_mergejoin", "off",
      "max_parallel_workers_per_gather", "0",
      "jit", "off");

  /** @param context such as {@code training}; its keys are below {@code postgres.training} */
  public static PgSettings from(JsonObject root, String context) {
    return from(root, context, USUAL_CONNECTIONS);
  }

  /** @param usual connections where the configuration does not say how many */
  public static PgSettings from(JsonObject root, String context, int usual) {
    ConfigSection postgres = ConfigSection.root(root).section("postgres");
    ConfigSection own = postgres.section(context);
    return new PgSettings(
        postgres.string("host", "127.0.0.1"),
        postgres.port("port", 5432),
        postgres.string("database", "pacewire"),
        context,
        own.string("user", "pw_" + context),
        own.secret("passwordFile"),
        own.integer("connections", usual, 1, MOST_CONNECTIONS));
  }

  /** The same role and schema in another database. */
  public PgSettings in(String otherHost, int otherPort, String otherDatabase) {
    return new PgSettings(otherHost, otherPort, otherDatabase, schema, user, password, connections);
  }

  /** Where it is, without who comes: {@code host:port/database}. */
  public String address() {
    return host + ":" + port + "/" + database;
  }

  /** A pool that reconnects by itself. No statement and no idle transaction may hold others up. */
  public Pool pool(Vertx vertx) {
    return pool(vertx, SILENT_S);
  }

  /** @param silentS so long a connection may say nothing */
  Pool pool(Vertx vertx, int silentS) {
    return pool(vertx, "pg-" + schema, connections, Map.of(), silentS);
  }

  /**
   * The same for statements that look rows up by their keys, many at once. Left alone, the planner
   * reads a table as a whole that was small when it planned, or is small against what is asked at
   * once; and prepared plans are kept.
   *
   * @param atOnce connections
   */
  public Pool lookups(Vertx vertx, int atOnce) {
    return pool(vertx, "pg-" + schema + "-lookups", atOnce, LOOKUPS, SILENT_S);
  }

  private Pool pool(Vertx vertx, String name, int size, Map<String, String> planning, int silentS) {
    Map<String, String> properties = new HashMap<>(planning);
    properties.put("application_name", "pacewire-" + schema);
    properties.put("search_path", schema);
    properties.put("statement_timeout", STATEMENT_S + "s");
    properties.put("lock_timeout", "5000");
    properties.put("idle_in_transaction_session_timeout", "5000");
    PgConnectOptions connect = new PgConnectOptions()
        .setHost(host)
        .setPort(port)
        .setDatabase(database)
        .setUser(user)
        .setPassword(password)
        .setCachePreparedStatements(true)
        .setPreparedStatementCacheMaxSize(128)
        .setProperties(properties);
    PoolOptions options = new PoolOptions()
        .setMaxSize(size)
        .setMaxWaitQueueSize(2_000)
        .setConnectionTimeout(10)
        .setConnectionTimeoutUnit(TimeUnit.SECONDS)
        .setIdleTimeout(UNUSED_S)
        .setName(name);
    return PgBuilder.pool()
        .connectingTo(connect)
        .with(options)
        .using(new SilenceEndingVertx((VertxInternal) vertx, silentS))
        .build();
  }

  String jdbcUrl() {
    return "jdbc:postgresql://" + address();
  }

  @Override
  public String toString() {
    return "PgSettings[" + user + "@" + address() + "]";
  }
}
