package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.stack.Await;
import io.pacewire.track.AthleteParameters;
import io.pacewire.track.TrackFold;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When what polls brought of sessions is written. */
class SessionTouchesIT extends TrainingDatabase {
  private static final int HERE = 0;
  private static final int FEW = 1;
  private static final long AT_MS = RecordedRun.START_MS + 1_000;
  private static final int AT_ONCE = 5_000;

  private final SessionTouches touches =
      new SessionTouches(new SessionRepository(pool), new PartitionReads());

  /** A poll that says no more of sessions than that they were heard. */
  private void hear(List<SessionKey> keys, int partition, long atMs) throws Exception {
    Map<SessionKey, Touch> touched = new HashMap<>();
    Map<SessionKey, SessionHead> known = new HashMap<>();
    for (SessionKey key : keys) {
      touched.put(key, new Touch(atMs, null, atMs, partition, 0, 0, null, true, false));
      known.put(key, live(key));
    }
    Await.get(touches.note(touched, known, FEW).compose(done -> touches.settled()));
  }

  private static SessionHead live(SessionKey key) {
    return new SessionHead(
        key,
        LocalDate.EPOCH,
        TrackFold.ALGORITHM_VERSION,
        AthleteParameters.defaults(),
        0,
        UUID.randomUUID(),
        SessionHead.State.LIVE,
        null,
        true,
        "");
  }

  private static List<SessionKey> sessions(int count) {
    List<SessionKey> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(new SessionKey(UUID.randomUUID(), UUID.randomUUID()));
    }
    return keys;
  }

  private long waiting(List<SessionKey> keys) {
    return keys.stream().filter(touches::isWaiting).count();
  }

  @Test
  void ofThousandsThatFellSilent_aSweepWritesSome_andTheNextTheOthers() throws Exception {
    List<SessionKey> keys = sessions(AT_ONCE + 1);
    hear(keys, HERE, AT_MS);
    hear(keys, HERE, AT_MS + 1);
    assertThat(waiting(keys)).as("mere times").isEqualTo(keys.size());
    long laterMs = AT_MS + 1 + SessionTouches.AT_MOST_EVERY_MS;
    Await.get(touches.settle(Set.of(HERE), laterMs - 1, FEW));
    assertThat(waiting(keys)).as("not silent yet").isEqualTo(keys.size());
    Await.get(touches.settle(Set.of(HERE), laterMs, FEW));
    assertThat(waiting(keys)).isEqualTo(1);
    Await.get(touches.settle(Set.of(HERE), laterMs, FEW));
    assertThat(waiting(keys)).isZero();
  }

  @Test
  void whatBelongsToSomebodyElseByNow_isWrittenAtOnce() throws Exception {
    List<SessionKey> stays = sessions(2);
    List<SessionKey> goes = sessions(2);
    hear(stays, HERE, AT_MS);
    hear(goes, HERE + 1, AT_MS);
    hear(stays, HERE, AT_MS + 1);
    hear(goes, HERE + 1, AT_MS + 1);
    Await.get(touches.settle(Set.of(HERE), AT_MS + 2, FEW));
    assertThat(waiting(goes)).isZero();
    assertThat(waiting(stays)).isEqualTo(stays.size());
  }
}
