package io.pacewire.platform.pg;

import io.pacewire.platform.config.ConfigSection;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
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

  /** @param context such as {@code training}; its keys are below {@code postgres.training} */
  public static PgSettings from(JsonObject root, String context) {
    ConfigSection postgres = ConfigSection.root(root).section("postgres");
    ConfigSection own = postgres.section(context);
    return new PgSettings(
        postgres.string("host", "127.0.0.1"),
        postgres.port("port", 5432),
        postgres.string("database", "pacewire"),
        context,
        own.string("user", "pw_" + context),
        own.secret("passwordFile"),
        own.integer("connections", 4, 1, 64));
  }

  /** A pool that reconnects by itself. No statement and no idle transaction may hold others up. */
  public Pool pool(Vertx vertx) {
    PgConnectOptions connect = new PgConnectOptions()
        .setHost(host)
        .setPort(port)
        .setDatabase(database)
        .setUser(user)
        .setPassword(password)
        .setCachePreparedStatements(true)
        .setPreparedStatementCacheMaxSize(128)
        .setProperties(Map.of(
            "application_name", "pacewire-" + schema,
            "search_path", schema,
            "statement_timeout", "30000",
            "lock_timeout", "5000",
            "idle_in_transaction_session_timeout", "5000"));
    PoolOptions options = new PoolOptions()
        .setMaxSize(connections)
        .setMaxWaitQueueSize(2_000)
        .setConnectionTimeout(10)
        .setConnectionTimeoutUnit(TimeUnit.SECONDS)
        .setIdleTimeout(120)
        .setName("pg-" + schema);
    return PgBuilder.pool().connectingTo(connect).with(options).using(vertx).build();
  }

  String jdbcUrl() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }

  @Override
  public String toString() {
    return "PgSettings[" + user + "@" + host + ":" + port + "/" + database + "]";
  }
}
