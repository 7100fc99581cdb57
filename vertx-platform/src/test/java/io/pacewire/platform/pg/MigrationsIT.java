package io.pacewire.platform.pg;

import static io.pacewire.platform.stack.Await.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealServers.class)
class MigrationsIT {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    get(vertx.close());
  }

  @Test
  void severalNodesAtOnce_bringTheSchemaUpOnce_andASecondStartFindsItThere() throws Exception {
    PgSettings shelf = RealServers.schema("shelf");
    List<Future<Void>> nodes =
        Stream.generate(() -> Migrations.run(vertx, shelf)).limit(4).toList();
    get(Future.join(nodes));
    get(Migrations.run(vertx, shelf));
    Pool pool = shelf.pool(vertx);
    get(pool.query("INSERT INTO book VALUES (1, 7)").execute());
    assertThat(get(pool.query("SELECT FROM schema_history WHERE success").execute())
            .size())
        .isEqualTo(2);

    assertThatThrownBy(() -> get(pool.query("INSERT INTO book VALUES (2, 0)").execute()))
        .cause()
        .matches(PgFaults::isOfContent);
    assertThatThrownBy(() -> get(pool.query("SELECT nothing FROM book").execute()))
        .cause()
        .matches(cause -> !PgFaults.isOfContent(cause) && !PgFaults.isPassing(cause));
    assertThatThrownBy(() -> get(pool.withConnection(connection -> connection
            .query("SET statement_timeout = 10")
            .execute()
            .compose(set -> connection.query("SELECT pg_sleep(5)").execute()))))
        .cause()
        .matches(PgFaults::isPassing);
  }

  @Test
  void aContext_doesNotSeeAnothersTables() throws Exception {
    PgSettings one = RealServers.schema("neighbour_one");
    PgSettings two = RealServers.schema("neighbour_two");
    get(Migrations.run(vertx, one));
    assertThatThrownBy(() ->
            get(two.pool(vertx).query("SELECT * FROM neighbour_one.outbox").execute()))
        .hasMessageContaining("permission denied");
  }

  @Test
  void aDatabaseThatIsAway_isWaitedFor() throws Exception {
    PgSettings real = RealServers.schema("patient");
    AtomicInteger connections = new AtomicInteger();
    NetClient client = vertx.createNetClient();
    // Answers like a server that is still starting: takes the connection and hangs up, twice.
    NetServer door = vertx.createNetServer().connectHandler(caller -> {
      if (connections.incrementAndGet() <= 2) {
        Future<Void> unused = caller.close();
        return;
      }
      caller.pause();
      client.connect(real.port(), real.host()).onSuccess(server -> {
        Future<?> unused = Future.all(caller.pipeTo(server), server.pipeTo(caller));
        caller.resume();
      });
    });
    get(door.listen(0, "127.0.0.1"));
    PgSettings settings = real.in("127.0.0.1", door.actualPort(), real.database());
    get(Migrations.run(vertx, settings));
    assertThat(connections.get()).isGreaterThan(2);
  }
}
