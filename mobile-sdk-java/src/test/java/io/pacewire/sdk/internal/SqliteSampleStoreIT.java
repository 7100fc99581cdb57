package io.pacewire.sdk.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Mark;
import io.pacewire.wire.SampleBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The store on a real SQLite file. */
@Timeout(60)
class SqliteSampleStoreIT {
  private static final UUID ID = new UUID(1, 2);

  @TempDir
  Path folder;

  private final Told told = new Told();
  private SqliteSampleStore store;

  @AfterEach
  void close() {
    if (store != null) {
      store.close();
    }
  }

  @Test
  void sealedBytes_andTheInstallEpoch_surviveReopening() throws Exception {
    StoredSession session = begin(Long.MAX_VALUE);
    add(session, 100);
    store.seal(0);
    flush();
    byte[] bytes = store.file().readBatch(session, 0);
    add(session, 50);
    flush();
    store.close();

    open(Long.MAX_VALUE);
    StoredSession again = store.sessions().get(0);
    assertThat(store.file().readBatch(again, 0)).isEqualTo(bytes);
    assertThat(again.progress().snapshot().samples).isEqualTo(151);
    store.seal(0);
    flush();
    SampleBatch first = BatchCodec.decode(bytes);
    SampleBatch second = BatchCodec.decode(store.file().readBatch(again, 1));
    assertThat(second.installEpoch()).isEqualTo(first.installEpoch()).isPositive();
    assertThat(first.heartRates().size()).isEqualTo(100);
    assertThat(second.heartRates().size()).isEqualTo(50);
  }

  @Test
  void finish_countsItsOwnBatch_howeverFullTheLastOneWas() throws Exception {
    for (int samples = 1_560; samples < 1_640; samples += 4) {
      StoredSession session = begin(Long.MAX_VALUE);
      add(session, samples);
      store.finish(session, 1, 1);
      add(session, 1);
      flush();
      int last = session.progress().snapshot().sealed - 1;
      List<Mark> marks =
          BatchCodec.decode(store.file().readBatch(session, last)).marks();
      assertThat(marks.get(marks.size() - 1).batchCount()).isEqualTo(last + 1);
      store.close();
      store = null;
      assertThat(folder.resolve("s.db").toFile().delete()).isTrue();
    }
    assertThat(told.lost).as("after the finish").hasSize(20);
  }

  @Test
  void refusedBatch_keepsItsBytesAside() throws Exception {
    StoredSession session = begin(Long.MAX_VALUE);
    store.seal(0);
    flush();
    byte[] bytes = store.file().readBatch(session, 0);
    store.refused(session, 0, "malformed");
    store.refused(session, 0, "malformed");
    flush();

    assertThat(session.progress().snapshot().refusals).containsEntry("malformed", 1);
    assertThat(session.progress().snapshot().bytesWaiting).isZero();
    assertThat(store.file().readBatch(session, 0)).isNull();
    try (Connection other = connect();
        Statement statement = other.createStatement();
        ResultSet rows = statement.executeQuery("SELECT reason, bytes FROM refused")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString("reason")).isEqualTo("malformed");
      assertThat(rows.getBytes("bytes")).isEqualTo(bytes);
    }
  }

  @Test
  void limit_deletesTheOldestAndSaysSo() throws Exception {
    StoredSession session = begin(20_000);
    for (int batch = 0; batch < 40; batch++) {
      add(session, 400);
      store.seal(0);
      flush();
    }
    store.finish(session, 1, 1);
    flush();

    SessionProgress.Snapshot now = session.progress().snapshot();
    assertThat(now.evicted).isPositive();
    assertThat(now.bytesWaiting).isLessThan(22_000);
    List<Integer> skipped = new ArrayList<>();
    for (int seq = 0; seq < now.sealed; seq++) {
      byte[] bytes = store.file().readBatch(session, seq);
      if (bytes == null) {
        continue;
      }
      for (Mark mark : BatchCodec.decode(bytes).marks()) {
        if (mark.kind() == Mark.Kind.SKIP) {
          for (int each = mark.fromSeq(); each <= mark.toSeq(); each++) {
            skipped.add(each);
          }
        }
      }
    }
    assertThat(store.file().readBatch(session, 0)).as("the start stays").isNotNull();
    assertThat(skipped).as("what is said").doesNotHaveDuplicates().isNotEmpty();
    assertThat(told.evicted).isNotEmpty();
  }

  @Test
  void storeThatCannotBeWrittenForAWhile_losesNothing() throws Exception {
    StoredSession session = begin(Long.MAX_VALUE);
    flush();
    try (Connection other = connect();
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      add(session, 500);
      await().atMost(Duration.ofSeconds(20)).until(() -> !told.failing.isEmpty());
      assertThat(session.progress().snapshot().samples).isEqualTo(1);
      statement.execute("ROLLBACK");
    }
    flush();

    assertThat(session.progress().snapshot().samples).isEqualTo(501);
    assertThat(told.recovered).hasSize(1);
    assertThat(told.lost).isEmpty();
    store.seal(0);
    flush();
    SampleBatch batch = BatchCodec.decode(store.file().readBatch(session, 0));
    assertThat(batch.heartRates().size()).isEqualTo(500);
  }

  @Test
  void secondClientOnOneStore_isTurnedAway() throws Exception {
    open(Long.MAX_VALUE);
    assertThatThrownBy(() -> StoreFile.open(folder.resolve("s.db"), Clock.systemUTC()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("in use");
  }

  @Test
  void sessionIdThatWasRecordedBefore_isTurnedAway() throws Exception {
    StoredSession session = begin(Long.MAX_VALUE);
    store.finish(session, 1, 1);
    store.stored(session, 0, 0);
    flush();
    assertThat(session.progress().isComplete()).isTrue();
    store.close();

    open(Long.MAX_VALUE);
    assertThat(store.sessions()).isEmpty();
    assertThatThrownBy(() -> start()).isInstanceOf(IllegalArgumentException.class);
  }

  private StoredSession begin(long limitBytes) throws Exception {
    open(limitBytes);
    return start();
  }

  private StoredSession start() {
    return store.begin(ID, 0, "run", MarkRecord.start(1, 1, 0, 1, "run", "UTC", "d", "1"));
  }

  private void open(long limitBytes) throws IOException, SQLException {
    StoreFile file = StoreFile.open(folder.resolve("s.db"), Clock.systemUTC());
    store = new SqliteSampleStore(file, limitBytes, told);
  }

  private void add(StoredSession session, int count) {
    for (int i = 0; i < count; i++) {
      store.append(session, SampleJournal.heartRate(1_000L * i, 1_000L * i, 120 + i % 9, 1), false);
    }
  }

  private void flush() throws Exception {
    store.flush().get(30, TimeUnit.SECONDS);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("s.db"));
  }

  private static final class Told implements StoreEvents {
    final List<String> failing = new CopyOnWriteArrayList<>();
    final List<String> recovered = new CopyOnWriteArrayList<>();
    final List<String> lost = new CopyOnWriteArrayList<>();
    final List<String> evicted = new CopyOnWriteArrayList<>();

    @Override
    public void sealed(StoredSession session, int seq) {}

    @Override
    public void changed(StoredSession session) {}

    @Override
    public void evicted(UUID sessionId, int fromSeq, int toSeq) {
      evicted.add(fromSeq + ".." + toSeq);
    }

    @Override
    public void samplesLost(UUID sessionId, long count, String reason) {
      lost.add(reason);
    }

    @Override
    public void failing(String reason) {
      failing.add(reason);
    }

    @Override
    public void recovered() {
      recovered.add("yes");
    }
  }
}
