package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.stack.Await;
import io.pacewire.track.TrackFold;
import io.pacewire.training.SessionHead.State;
import org.junit.jupiter.api.Test;

/** A session that cannot be folded is set aside, holds up nobody, and is taken up by a newer version. */
class QuarantineIT extends TrainingDatabase {
  private static final int BATCHES = 40;
  private static final int OLDER = TrackFold.ALGORITHM_VERSION - 1;

  private static final long LONG_AGO_MS = 1_700_000_000_000L;

  private final RecordedRun run = RecordedRun.of(BATCHES);
  private final TrainingCore older = new TrainingCore(vertx, pool);
  private final TrainingCore newer = new TrainingCore(vertx, pool);
  private final long lastMs = run.record(BATCHES - 1).receivedAtMs();

  @Test
  void whatCannotBeFoldedAtTheEnd_isSetAside_andHoldsUpNobody() throws Exception {
    RecordedRun rotten = RecordedRun.withoutFinish(BATCHES);
    RecordedRun sound = RecordedRun.withoutFinish(BATCHES);
    newer.apply(rotten.all());
    newer.apply(sound.all());
    newer.sql("UPDATE chunk SET body = '\\x0102' WHERE seq = 10 AND session_id = '" + rotten.session
        + "'");
    newer.consumedUntil(lastMs + TrainingCore.SILENCE.toMillis() + 10_000);
    assertThat(newer.head(rotten).state()).isEqualTo(State.QUARANTINED);
    assertThat(newer.training(sound)).isPresent();
    newer.consumedUntil(lastMs + 2 * TrainingCore.SILENCE.toMillis());
    assertThat(newer.head(rotten).state())
        .as("by this version it would be in vain")
        .isEqualTo(State.QUARANTINED);
  }

  @Test
  void whatAnOlderVersionSetAside_isTakenUp_withAllThatCameMeanwhile() throws Exception {
    older.apply(run.records(0, 19));
    setAside(OLDER);
    newer.apply(run.records(20, 29));
    assertThat(newer.ledger(run).stored()).containsExactly(new StoredLedger.Range(0, 29));
    newer.consumedUntil(run.record(29).receivedAtMs() + 1_000);
    assertThat(newer.head(run).state()).isEqualTo(State.LIVE);
    newer.apply(run.records(30, BATCHES - 1));
    RecordedRun same = RecordedRun.of(BATCHES);
    older.apply(same.all());
    assertThat(newer.written(run).complete()).isTrue();
    assertThat(newer.written(run).figures()).isEqualTo(older.written(same).figures());
    assertThat(newer.facts(run.athlete, "training.finished")).hasSize(1);
  }

  @Test
  void whatWasSetAsideWhenItWasOver_isFinished() throws Exception {
    older.apply(run.records(0, 19));
    setAside(OLDER);
    newer.apply(run.records(20, BATCHES - 1));
    assertThat(newer.training(run)).isEmpty();
    newer.consumedUntil(lastMs + TrainingCore.MISSING.toMillis() + 10_000);
    assertThat(newer.written(run).complete()).isTrue();
  }

  @Test
  void whatSomebodyFinishedThough_isClosed() throws Exception {
    older.apply(run.records(0, 19));
    setAside(OLDER);
    older.apply(run.records(20, BATCHES - 1)); // does not know that it is set aside
    assertThat(older.training(run)).isPresent();
    newer.consumedUntil(lastMs + TrainingCore.MISSING.toMillis() + 10_000);
    assertThat(newer.head(run).state()).isEqualTo(State.FINISHED);
    assertThat(newer.written(run).revision()).isEqualTo(1);
  }

  @Test
  void whatCameLate_andCannotBeFolded_isTakenInByALaterVersion() throws Exception {
    older.apply(run.records(0, 19));
    older.apply(run.records(21, BATCHES - 1));
    long overMs = lastMs + TrainingCore.MISSING.toMillis() + 10_000;
    older.consumedUntil(overMs);
    assertThat(older.written(run).complete()).isFalse();
    String tenth = " WHERE seq = 10 AND session_id = '" + run.session + "'";
    older.sql("UPDATE chunk SET body = '\\x0102'::bytea || body" + tenth);
    older.apply(run.record(20, overMs));
    older.consumedUntil(overMs + 2 * TrainingCore.REVISION.toMillis());
    assertThat(older.written(run).revision()).isEqualTo(1);
    assertThat(older.head(run).state()).isEqualTo(State.FINISHED);

    older.sql("UPDATE chunk SET body = substring(body from 3)" + tenth);
    older.consumedUntil(overMs + 4 * TrainingCore.REVISION.toMillis());
    assertThat(older.written(run).revision())
        .as("by this version it would be in vain")
        .isEqualTo(1);
    older.sql("UPDATE session_head SET quarantine_version = " + OLDER + " WHERE session_id = '"
        + run.session + "'");
    older.consumedUntil(overMs + 6 * TrainingCore.REVISION.toMillis());
    assertThat(older.written(run).revision()).isEqualTo(2);
    assertThat(older.written(run).complete()).isTrue();
  }

  @Test
  void whatThisVersionSetAside_staysSo() throws Exception {
    older.apply(run.records(0, 19));
    setAside(TrackFold.ALGORITHM_VERSION);
    newer.consumedUntil(lastMs);
    assertThat(newer.head(run).state()).isEqualTo(State.QUARANTINED);
  }

  @Test
  void manyOfThem_areTakenUpSomeAtATime_andWhoWaitsBesideThemIsNotHeldUp() throws Exception {
    for (int i = 0; i < 30; i++) {
      RecordedRun old = RecordedRun.withoutFinish(1);
      older.apply(old.record(0, LONG_AGO_MS + i));
      older.sql("UPDATE session_head SET state = 2, quarantine_reason = 'fold failed',"
          + " quarantine_version = " + OLDER + " WHERE session_id = '" + old.session + "'");
    }
    RecordedRun waits = RecordedRun.withoutFinish(BATCHES);
    newer.apply(waits.all());
    newer.consumedUntil(lastMs + TrainingCore.SILENCE.toMillis() + 10_000);
    assertThat(newer.training(waits)).isPresent();
    assertThat(aside()).isEqualTo(25);
    for (int sweep = 2; sweep <= 6; sweep++) {
      newer.consumedUntil(lastMs + TrainingCore.SILENCE.toMillis() + sweep * 10_000L);
    }
    assertThat(aside()).isZero();
  }

  private static long aside() throws Exception {
    return Await.get(pool.query("SELECT count(*) AS found FROM session_head WHERE state = 2"
                + " AND quarantine_version = " + OLDER)
            .execute())
        .iterator()
        .next()
        .getLong("found");
  }

  /** As a version does whose fold throws. */
  private void setAside(int version) throws Exception {
    newer.sql("UPDATE session_head SET state = 2, quarantine_reason = 'fold failed',"
        + " quarantine_version = " + version + " WHERE session_id = '" + run.session + "'");
  }
}
