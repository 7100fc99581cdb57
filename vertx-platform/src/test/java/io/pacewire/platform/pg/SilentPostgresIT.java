package io.pacewire.platform.pg;

import static io.pacewire.platform.stack.Await.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A PostgreSQL whose machine is gone: what is sent to it is taken, and nothing is answered. */
@ExtendWith(RealServers.class)
class SilentPostgresIT {
  private static final int SILENT_S = 5;

  private final Vertx vertx = Vertx.vertx();
  private final List<NetSocket> servers = new CopyOnWriteArrayList<>();
  private final AtomicInteger callers = new AtomicInteger();
  private volatile boolean deaf;
  private PgSettings settings;
  private Pool pool;

  @BeforeEach
  void open() throws Exception {
    PgSettings real = RealServers.schema("silent");
    NetClient client = vertx.createNetClient();
    NetServer door = vertx.createNetServer().connectHandler(caller -> {
      callers.incrementAndGet();
      caller.pause();
      if (deaf) {
        return;
      }
      client.connect(real.port(), real.host()).onSuccess(server -> {
        servers.add(server);
        Future<?> unused = Future.all(caller.pipeTo(server), server.pipeTo(caller));
        caller.resume();
      });
    });
    get(door.listen(0, "127.0.0.1"));
    settings = real.in("127.0.0.1", door.actualPort(), real.database());
    pool = settings.pool(vertx, SILENT_S);
  }

  @AfterEach
  void close() throws Exception {
    get(vertx.close());
  }

  @Test
  void whatIsNeverAnswered_fails_andTheNextGoesAnotherWay() throws Exception {
    assertThat(answer()).isEqualTo(1);
    servers.forEach(NetSocket::pause);
    assertThatThrownBy(this::answer)
        .cause()
        .isInstanceOf(ClosedConnectionException.class)
        .matches(PgFaults::isPassing);
    await().ignoreExceptionsMatching(this::isPassing).until(this::answer, one -> one == 1);
    assertThat(servers).hasSize(2);
  }

  /** Else each of them has a place in the pool for ever, and there is soon none left. */
  @Test
  void whoIsNotEvenGreeted_leavesThePlace() throws Exception {
    deaf = true;
    List<Future<?>> asked = new ArrayList<>();
    for (int i = 0; i < settings.connections(); i++) {
      asked.add(pool.query("SELECT 1").execute());
    }
    for (Future<?> one : asked) {
      assertThatThrownBy(() -> get(one)).cause().matches(PgFaults::isPassing);
    }
    assertThat(callers).hasValueGreaterThanOrEqualTo(settings.connections());
    deaf = false;
    await().ignoreExceptionsMatching(this::isPassing).until(this::answer, one -> one == 1);
  }

  @Test
  void aLongStatement_andOneAfterAPause_areAnswered() throws Exception {
    SqlConnection held = get(pool.getConnection());
    var slept = get(held.query("SELECT pg_sleep(" + SILENT_S / 2.0 + ")").execute());
    assertThat(slept.size()).isEqualTo(1);
    get(held.close());
    assertThat(answer()).isEqualTo(1);
    assertThat(servers).hasSize(1);
  }

  /** Ten seconds are waited for a place in the pool: it is busy, and nothing is wrong with who waits. */
  @Test
  void aPoolThatIsBusy_isAFaultThatPasses() throws Exception {
    Pool busy = settings.pool(vertx);
    List<SqlConnection> held = new ArrayList<>();
    for (int i = 0; i < settings.connections(); i++) {
      held.add(get(busy.getConnection()));
    }
    assertThatThrownBy(() -> get(busy.query("SELECT 1").execute()))
        .cause()
        .hasMessageContaining("Timeout")
        .matches(PgFaults::isPassing);
    assertThatThrownBy(() -> get(busy.withTransaction(tx -> tx.query("SELECT 1").execute())))
        .cause()
        .hasMessageContaining("Timeout")
        .matches(PgFaults::isPassing);
    for (SqlConnection one : held) {
      get(one.close());
    }
  }

  /** Whoever comes next may be lent the connection that has just been closed. */
  private boolean isPassing(Throwable failure) {
    return failure.getCause() != null && PgFaults.isPassing(failure.getCause());
  }

  private int answer() throws Exception {
    return get(pool.query("SELECT 1").execute()).iterator().next().getInteger(0);
  }
}
