package io.pacewire.platform.role;

import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.platform.kafka.EventPublisher;
import io.pacewire.platform.kafka.KafkaSettings;
import io.pacewire.platform.pg.Migrations;
import io.pacewire.platform.pg.OutboxRelay;
import io.pacewire.platform.pg.PgSettings;
import io.pacewire.platform.web.RoleServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * What every context has that owns tables and tells facts: a migrated schema with a pool, a relay of
 * its outbox, and an HTTP server that says whether the database answers. Whatever else a context
 * opens it names here, and all of it is closed last first, one after the other. Used from the event
 * loop of its verticle.
 */
public final class ContextRole {
  private static final System.Logger LOG = System.getLogger(ContextRole.class.getName());

  private final Pool pool;
  private final List<Pool> pools = new ArrayList<>();
  private final RoleServer server;
  private final Deque<Supplier<Future<Void>>> opened = new ArrayDeque<>();

  private ContextRole(Pool pool, RoleServer server) {
    this.pool = pool;
    this.server = server;
  }

  /** Brings the schema up to date first; where that fails, nothing stays open. */
  public static Future<ContextRole> open(
      Vertx vertx, PgSettings postgres, KafkaSettings kafka, long maxBodyBytes) {
    return Migrations.run(vertx, postgres).map(done -> {
      Pool pool = postgres.pool(vertx);
      ContextRole role =
          new ContextRole(pool, RoleServer.create(vertx, postgres.schema(), maxBodyBytes));
      role.keep(vertx, pool, postgres, kafka);
      role.server.check("postgres", role::anyAnswers);
      return role;
    });
  }

  /** Opens one more database of this context, which holds other rows: migrated, and relayed too. */
  public Future<Pool> database(Vertx vertx, PgSettings postgres, KafkaSettings kafka) {
    return Migrations.run(vertx, postgres).map(done -> {
      Pool other = postgres.pool(vertx);
      keep(vertx, other, postgres, kafka);
      return other;
    });
  }

  private void keep(Vertx vertx, Pool kept, PgSettings postgres, KafkaSettings kafka) {
    pools.add(kept);
    closing(kept::close);
    OutboxRelay relay =
        new OutboxRelay(vertx, kept, EventPublisher.create(vertx, kafka, postgres.schema()));
    closing(relay::close);
    relay.start();
  }

  /** While one database of several is away, the others' athletes are served. */
  private Future<?> anyAnswers() {
    return Future.any(
        pools.stream().map(kept -> kept.query("SELECT 1").execute()).toList());
  }

  public Pool pool() {
    return pool;
  }

  /** For routes and for checks of what else the role cannot do without. */
  public RoleServer server() {
    return server;
  }

  /** Something was opened that has to be closed before all that was opened earlier. */
  public void closing(Supplier<Future<Void>> close) {
    opened.push(close);
  }

  /** Takes requests: the last thing a role does before it is up, and the first to end. */
  public Future<Void> listen(String host, int port) {
    closing(server::close);
    return server.listen(host, port).mapEmpty();
  }

  public int port() {
    return server.port();
  }

  /** Closes everything, also behind what does not close well. */
  public Future<Void> close() {
    Future<Void> closed = Future.succeededFuture();
    while (!opened.isEmpty()) {
      Supplier<Future<Void>> next = opened.pop();
      closed = closed.compose(done -> next.get()).recover(cause -> {
        LOG.log(WARNING, "not closed well: {0}", cause.getMessage());
        return Future.succeededFuture();
      });
    }
    return closed;
  }
}
