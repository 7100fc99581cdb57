package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.launcher.StoredTruth.Checkpoint;
import io.pacewire.launcher.StoredTruth.Chunk;
import io.pacewire.launcher.StoredTruth.Revision;
import io.pacewire.launcher.ToldFacts.Fact;
import io.pacewire.track.Figures;
import io.pacewire.track.FoldSink;
import io.pacewire.track.FoldState;
import io.pacewire.track.TrackFold;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Compares what devices sent with what is stored, folded and told. Knows the product's tables, topics
 * and pure fold, and none of its code that reads or writes them.
 */
final class CrashChecker {
  private static final int WHOLE = 1 << 20;

  private final StoredTruth stored;
  private final ToldFacts told;
  private int chunks;
  private int states;
  private int revisions;
  private int revised;

  CrashChecker(StoredTruth stored, ToldFacts told) {
    this.stored = stored;
    this.told = told;
  }

  void check(DisturbedSession session) throws Exception {
    for (SealedWriter writer : session.writers) {
      checkChunks(session, writer);
    }
    checkStates(session);
    checkRevisions(session);
    checkFacts(session);
    checkSums(session);
  }

  /** Each of its batches once, byte for byte, and no other. */
  private void checkChunks(DisturbedSession session, SealedWriter writer) throws Exception {
    SortedMap<Integer, Chunk> found = stored.chunks(session, writer.number);
    SortedMap<Integer, byte[]> expected = writer.stored();
    assertThat(found.keySet()).as(about(session)).isEqualTo(expected.keySet());
    found.forEach((seq, chunk) -> {
      assertThat(chunk.body()).as(about(session) + " seq " + seq).isEqualTo(expected.get(seq));
      assertThat(chunk.kind()).isEqualTo(writer.broken.contains(seq) ? 1 : 0);
    });
    chunks += found.size();
  }

  /** Each batch folded once and in order: the state's bits say so. */
  private void checkStates(DisturbedSession session) throws Exception {
    for (Checkpoint checkpoint : stored.checkpoints(session)) {
      SealedWriter writer = session.writers.get(checkpoint.writer());
      if (!writer.found.isEmpty()) {
        continue; // it may have been saved before what was dropped came after all; nobody reads it
      }
      FoldState expected = writer.fold(checkpoint.position(), FoldSink.NONE);
      assertThat(checkpoint.state())
          .as(about(session) + " writer " + writer.number + " at " + checkpoint.position())
          .isEqualTo(expected.encode());
      states++;
    }
  }

  private void checkRevisions(DisturbedSession session) throws Exception {
    List<Revision> all = stored.revisions(session);
    assertThat(all).as(about(session)).isNotEmpty();
    for (int i = 0; i < all.size(); i++) {
      Revision one = all.get(i);
      assertThat(one.revision()).as(about(session)).isEqualTo(i + 1);
      assertThat(one.complete() && !one.missing().isEmpty()).as(about(session)).isFalse();
    }
    Revision last = all.get(all.size() - 1);
    assertThat(last.complete()).as(about(session)).isEqualTo(session.isComplete());
    if (session.isFinished() && !last.complete()) {
      assertThat(last.missing())
          .as("what is missing is named: " + about(session))
          .isNotEmpty();
    }
    if (session.writers.size() == 1) {
      checkFigures(session, last);
    }
    revisions += all.size();
    revised += all.size() - 1;
  }

  private static void checkFigures(DisturbedSession session, Revision last) {
    FoldState state = session.writers.get(0).fold(WHOLE, FoldSink.NONE);
    TrackFold.end(state, FoldSink.NONE);
    Figures figures = state.figures();
    assertThat(last.figures().getDouble("distanceM"))
        .as(about(session))
        .isEqualTo(Math.round(figures.distanceM() * 100) / 100.0);
    assertThat(last.figures().getDouble("timerS"))
        .isEqualTo(Math.round(figures.timerS() * 1_000) / 1_000.0);
    assertThat(last.figures().getInteger("fixCount")).isEqualTo(figures.fixCount());
  }

  /** One start at most, one finish, then each revision once and in order. */
  private void checkFacts(DisturbedSession session) throws Exception {
    List<Fact> facts = new ArrayList<>(told.of(session.session));
    assertThat(facts).as(about(session)).isNotEmpty();
    if (facts.get(0).type().equals("training.started")) {
      facts.remove(0);
    }
    List<Revision> all = stored.revisions(session);
    assertThat(facts).as(about(session)).hasSameSizeAs(all);
    for (int i = 0; i < facts.size(); i++) {
      Fact fact = facts.get(i);
      assertThat(fact.type())
          .as(about(session))
          .isEqualTo(i == 0 ? "training.finished" : "training.revised");
      assertThat(fact.revision()).as(about(session)).isEqualTo(i + 1);
      assertThat(fact.body().getBoolean("complete")).isEqualTo(all.get(i).complete());
      double distanceM = fact.body().getJsonObject("figures").getDouble("distanceM");
      assertThat(Math.round(distanceM * 100) / 100.0)
          .as(about(session))
          .isEqualTo(all.get(i).figures().getDouble("distanceM"));
    }
  }

  /** The day's sum counts it once, as its last revision says. */
  private void checkSums(DisturbedSession session) throws Exception {
    assertThat(stored.number(
            "SELECT trainings FROM training_day WHERE athlete_id = ?", session.athlete))
        .isEqualTo(1);
    assertThat(stored.number("""
            SELECT count(*) FROM training_summary
            JOIN training USING (athlete_id, training_id, revision)
            JOIN training_day USING (athlete_id, day, sport, distance_m)
            WHERE athlete_id = ?
            """, session.athlete)).as(about(session)).isEqualTo(1);
    assertThat(stored.number("SELECT count(*) FROM refusal WHERE athlete_id = ?", session.athlete))
        .as(about(session))
        .isEqualTo(session.forged.size());
  }

  /** The same figures, splits, verdicts and findings to the last digit. */
  void checkSame(DisturbedSession session, DisturbedSession twin) throws Exception {
    List<Revision> disturbed = stored.revisions(session);
    List<Revision> calm = stored.revisions(twin);
    assertThat(disturbed.get(disturbed.size() - 1).what())
        .as(about(session))
        .isEqualTo(calm.get(calm.size() - 1).what());
  }

  /** Nothing that a device was told is stored is missing. */
  int checkBelieved(List<DisturbedSession> sessions, Map<SealedWriter, Set<Integer>> believed)
      throws Exception {
    int count = 0;
    for (DisturbedSession session : sessions) {
      for (SealedWriter writer : session.writers) {
        Set<Integer> seqs = believed.getOrDefault(writer, Set.of());
        Map<Integer, Chunk> found = stored.chunks(session, writer.number);
        assertThat(found.keySet().containsAll(seqs)).as(about(session)).isTrue();
        assertThat(Collections.disjoint(seqs, writer.broken)).as(about(session)).isTrue();
        count += seqs.size();
      }
    }
    return count;
  }

  /** Saved states that were compared. */
  int states() {
    return states;
  }

  /** Revisions that were not a training's first. */
  int revised() {
    return revised;
  }

  String summary() {
    return chunks + " batches stored once, " + states + " states equal in every bit, " + revisions
        + " revisions (" + revised + " of them later ones) told once and in order, "
        + told.repeated() + " facts said again";
  }

  private static String about(DisturbedSession session) {
    return "session " + session.session + " of seed " + session.seed;
  }
}
