package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pacewire.platform.pg.Migrations;
import io.pacewire.platform.pg.PgSettings;
import io.pacewire.platform.stack.Await;
import io.pacewire.platform.stack.RealServers;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The same trainings on TimescaleDB. {@code PACEWIRE_TIMESCALE_URL} is
 * {@code postgresql://USER:PASSWORD@HOST:PORT/DATABASE} of a server that has the extension and a user
 * who may make databases: the test makes one of its own and drops it. Without it, functions with the
 * same names stand in for the extension's, which shows that our statements are right and the tables need
 * no partitions, but nothing of TimescaleDB.
 */
@ExtendWith(RealServers.class)
class TimescaleIT {
  private static final long LONG_AGO_MS = 1_000_000_000_000L;

  /** What the extension would note is noted in a table. */
  private static final String STAND_IN = """
      CREATE SCHEMA IF NOT EXISTS stand_in;
      CREATE TABLE stand_in.called (what text);
      CREATE FUNCTION stand_in.create_hypertable(relation regclass, time_column name,
          chunk_time_interval interval, create_default_indexes boolean) RETURNS void
        LANGUAGE sql AS $$
          INSERT INTO stand_in.called
          SELECT 'hypertable ' || relname || ' ' || relkind::text FROM pg_class WHERE oid = relation
        $$;
      GRANT ALL ON SCHEMA stand_in TO PUBLIC;
      GRANT ALL ON stand_in.called TO PUBLIC;
      """;

  private final Vertx vertx = Vertx.vertx();
  private @Nullable Pool pool;

  @AfterEach
  void close() throws Exception {
    if (pool != null) {
      Await.get(pool.close());
    }
    Await.get(vertx.close());
  }

  @Test
  void withoutTheExtension_partitionsStay() throws Exception {
    Pool opened = migrated(RealServers.schemaIn("timescale_none", "training"));
    Await.get(new Timescale(opened).adopt());
    assertThat(Await.get(Timescale.isPartitioned(opened))).isTrue();
  }

  @Test
  void tablesWithoutPartitions_takeTheSameStatements() throws Exception {
    PgSettings settings = RealServers.schemaIn("timescale_stand_in", "training");
    RealServers.execute("timescale_stand_in", STAND_IN);
    Pool opened = migrated(settings);
    Await.get(opened.withTransaction(tx -> Timescale.convert(tx, "stand_in")));
    Await.get(opened.withTransaction(tx -> Timescale.convert(tx, "stand_in"))); // twice is once
    assertThat(Await.get(
            opened.query("SELECT what FROM stand_in.called ORDER BY what").execute()))
        .extracting(row -> row.getString("what"))
        .containsExactly(
            "hypertable chunk r", "hypertable sealed_chunk r", "hypertable training_points r");
    assertTrainingsAreMade(opened);
  }

  @Test
  void whatIsRecordedAlready_staysOnPartitions() throws Exception {
    PgSettings settings = RealServers.schemaIn("timescale_late", "training");
    RealServers.execute("timescale_late", STAND_IN);
    Pool opened = migrated(settings);
    TrainingCore core = new TrainingCore(vertx, opened);
    RecordedRun run = RecordedRun.of(4);
    core.apply(run.all());
    Await.get(opened.withTransaction(tx -> Timescale.convert(tx, "stand_in")));
    assertThat(Await.get(Timescale.isPartitioned(opened))).isTrue();
    assertThat(Await.get(core.chunks.count(core.head(run)))).isEqualTo(4);
  }

  @Test
  void onTimescaleItself_trainingsAreMade_andOldOnesLetGo() throws Exception {
    String url = Objects.requireNonNullElse(System.getenv("PACEWIRE_TIMESCALE_URL"), "");
    assumeTrue(
        !url.isEmpty(), "SKIPPED: PACEWIRE_TIMESCALE_URL names no server that has TimescaleDB");
    URI server = URI.create(url);
    String database = "pacewire_test_" + UUID.randomUUID().toString().replace('-', '_');
    execute(server, server.getPath(), "CREATE DATABASE " + database);
    try {
      execute(server, "/" + database, "CREATE EXTENSION IF NOT EXISTS timescaledb");
      execute(server, "/" + database, "CREATE SCHEMA training");
      String[] user = server.getUserInfo().split(":", 2);
      int port = server.getPort() < 0 ? 5432 : server.getPort();
      Pool opened = migrated(
          new PgSettings(server.getHost(), port, database, "training", user[0], user[1], 4));
      Await.get(new Timescale(opened).adopt());
      assertThat(Await.get(Timescale.isPartitioned(opened))).isFalse();
      assertThat(Await.get(opened
              .query("SELECT hypertable_name FROM timescaledb_information.hypertables")
              .execute()))
          .extracting(row -> row.getString("hypertable_name"))
          .containsExactlyInAnyOrderElementsOf(Partitions.TABLES);
      assertTrainingsAreMade(opened);
      assertOldOnesAreLetGo(opened);
    } finally {
      execute(server, server.getPath(), "DROP DATABASE " + database + " WITH (FORCE)");
    }
  }

  /** The same figures as on partitions, edited and sealed. */
  private void assertTrainingsAreMade(Pool opened) throws Exception {
    Await.get(new Partitions(vertx, opened).ahead(LocalDate.of(2044, 3, 1))); // nothing to make
    RecordedRun run = RecordedRun.of(40);
    TrainingCore core = new TrainingCore(vertx, opened);
    core.apply(run.all());
    core.apply(run.all()); // twice is once
    Training training = core.written(run);
    assertThat(training.complete()).isTrue();
    assertThat(training.figures().getDouble("distanceM")).isBetween(1_150.0, 1_250.0);
    core.consumedUntil(run.record(39).receivedAtMs() + 2 * TrainingCore.SEALING.toMillis());
    Target target = new Target(run.athlete, run.session, null);
    assertThat(Await.get(core.recompute.one(target, null)).figures())
        .as("of sealed chunks")
        .isEqualTo(training.figures());
    Await.get(core.edits.crop(target, RecordedRun.START_MS + 200_000, null));
    assertThat(Await.get(core.lifecycle.undo(target)).figures()).isEqualTo(training.figures());
  }

  private void assertOldOnesAreLetGo(Pool opened) throws Exception {
    TrainingCore core = new TrainingCore(vertx, opened);
    RecordedRun old = RecordedRun.of(4);
    core.apply(old.record(0, LONG_AGO_MS));
    core.apply(old.records(1, 3));
    Training training = core.written(old);
    Await.get(new Retention(opened).run(LocalDate.of(2005, 1, 1)));
    assertThat(Await.get(core.chunks.count(core.head(old)))).isZero();
    assertThat(core.written(old)).isEqualTo(training);
    Target target = new Target(old.athlete, old.session, null);
    assertThatThrownBy(() -> Await.get(core.recompute.one(target, null)))
        .hasMessageContaining("recording");
  }

  private Pool migrated(PgSettings settings) throws Exception {
    Await.get(Migrations.run(vertx, settings));
    Pool opened = settings.pool(vertx);
    pool = opened;
    return opened;
  }

  private static void execute(URI server, String database, String statement) throws Exception {
    String[] user = server.getUserInfo().split(":", 2);
    String url = "jdbc:postgresql://" + server.getHost() + ":"
        + (server.getPort() < 0 ? 5432 : server.getPort()) + database;
    try (Connection owner = DriverManager.getConnection(url, user[0], user[1]);
        Statement asked = owner.createStatement()) {
      boolean unused = asked.execute(statement);
    }
  }
}
