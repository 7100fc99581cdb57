package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.stack.Await;
import io.pacewire.wire.SeqRanges;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What devices say that they dropped for good, on a real PostgreSQL. */
class SkipsIT extends TrainingDatabase {
  private static final int MOST = SkipRules.MOST_A_WRITER;

  private final TrainingCore core = new TrainingCore(vertx, pool);
  private final SkipRepository skips = new SkipRepository(pool);

  private static List<String> rows(RecordedRun run) throws Exception {
    List<String> rows = new ArrayList<>();
    Await.get(pool.preparedQuery("""
                SELECT from_seq || '..' || to_seq AS range FROM skip
                WHERE athlete_id = $1 AND session_id = $2 ORDER BY from_seq, to_seq
                """).execute(Tuple.of(run.athlete, run.session)))
        .forEach(row -> rows.add(row.getString("range")));
    return rows;
  }

  private SeqRanges found(RecordedRun run) throws Exception {
    return Await.get(skips.find(new WriterKey(run.key(), 0)));
  }

  /** A phone without room drops the oldest batch with every new one. */
  @Test
  void batchesDroppedOneAfterTheOther_areOneRow_andWhoeverGoesOnKnowsThemAll() throws Exception {
    int dropped = MOST + 24;
    int last = 2 * dropped;
    RecordedRun run = RecordedRun.of(last + 1);
    for (int seq = dropped + 1; seq <= last; seq++) {
      run.skipping(seq, seq - dropped, seq - dropped);
    }
    core.apply(run.record(0));
    for (int seq = dropped + 1; seq < last; seq += 40) {
      core.apply(run.records(seq, Math.min(last - 1, seq + 39)));
    }
    assertThat(rows(run)).containsExactly("1.." + (dropped - 1));
    assertThat(found(run)).hasToString("[1.." + (dropped - 1) + "]");

    new TrainingCore(vertx, pool).apply(run.record(last));

    assertThat(rows(run)).containsExactly("1.." + dropped);
    JsonArray missing = core.written(run).findings().getJsonArray("missing"); // nobody waited
    assertThat(missing).hasSize(1);
    assertThat(missing.getJsonObject(0).getString("reason")).isEqualTo("DROPPED");
    assertThat(missing.getJsonObject(0).getInteger("toSeq")).isEqualTo(dropped);
  }

  /** Every second batch was dropped: who has the fold in memory knows no more than who reads it. */
  @Test
  void ofMoreRangesThanAreKept_theOthersAreWaitedFor_byWhomeverHasTheFold() throws Exception {
    int dropped = MOST + 14;
    int said = 2 * dropped + 1;
    RecordedRun run = RecordedRun.of(said + 2);
    for (int i = 0; i < dropped; i++) {
      run.skipping(i < MOST - 10 ? said : said + 1, 2 * i + 1, 2 * i + 1);
    }
    core.apply(
        IntStream.rangeClosed(0, dropped).mapToObj(i -> run.record(2 * i)).toList());
    core.apply(run.record(said));
    core.apply(run.record(said + 1));
    assertThat(rows(run)).hasSize(MOST).contains("511..511").doesNotContain("513..513");
    assertThat(core.training(run)).as("the fold in memory waits").isEmpty();
    assertThat(readAgain(run).position()).isEqualTo(2 * MOST + 1);
    core.apply(run.record(said + 1)); // twice is once
    assertThat(rows(run)).hasSize(MOST);

    core.consumedUntil(
        run.record(said + 1).receivedAtMs() + TrainingCore.MISSING.toMillis() + 10_000);

    assertThat(core.written(run).complete()).isFalse();
  }

  private Recomputation.Folded readAgain(RecordedRun run) throws Exception {
    return Await.get(new Recomputation(core.chunks, skips, new FoldWorkers(vertx))
        .run(core.head(run), 0, Recomputation.Missing.WAITED_FOR, new CollectedTrack()));
  }

  @Test
  void partsOfWhatWasDropped_areNoRows() throws Exception {
    RecordedRun run = RecordedRun.withoutFinish(900).skipping(800, 10, 790);
    for (int i = 0; i < 250; i++) {
      run.skipping(801, 10 + 3 * i, 11 + 3 * i).skipping(802, 11 + 3 * i, 11 + 3 * i);
    }
    core.apply(run.records(0, 9));
    core.apply(run.records(800, 802));
    assertThat(rows(run)).containsExactly("10..790");
  }

  /** As versions before this one left them. */
  @Test
  void rowsThatTouch_becomeOne_asBatchesSayMore() throws Exception {
    RecordedRun run = RecordedRun.withoutFinish(1_010);
    core.sql("INSERT INTO skip SELECT '" + run.athlete + "', '" + run.session
        + "', 0, seq, seq FROM generate_series(0, 999) AS seq");
    for (int seq = 1_001; seq < 1_008; seq++) {
      run.skipping(seq, seq - 1_001, seq - 1_001);
      core.apply(run.record(seq));
    }
    assertThat(rows(run)).containsExactly("0..999");
  }

  /** An owner of the partition that is not told yet that it has lost it, and the one that has it. */
  @Test
  void saidByTwoAtOnce_nothingIsLost_andNoRowTouchesAnother() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    RecordedRun run = RecordedRun.withoutFinish(900);
    SeqRanges expected = new SeqRanges();
    for (int seq = 700; seq < 780; seq++) {
      int from = random.nextInt(600);
      int to = from + random.nextInt(8);
      run.skipping(seq, from, to);
      expected.add(from, to);
    }
    List<Future<?>> adding = new ArrayList<>();
    for (int seq = 700; seq < 780; seq++) {
      adding.add(skips.add(List.of(run.record(seq), run.record(700 + random.nextInt(80)))));
    }
    Await.get(Future.join(adding));
    assertThat(found(run)).as("seed %d", seed).hasToString(expected.toString());
    assertThat(String.join(", ", rows(run)))
        .as("seed %d", seed)
        .isEqualTo(expected.toString().replaceAll("[\\[\\]]", ""));
  }
}
