package io.pacewire.training.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.training.imports.FileReport.Part;
import io.pacewire.training.imports.ImportedRepository.Ending;
import io.pacewire.training.imports.ImportedRepository.Taken;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SentPartsTest {
  private static final long SENT_MS = 1_700_000_000_000L;

  private final SentParts sent = new SentParts();
  private final Part first = added(1);
  private final Part second = added(2);
  private final Part third = added(3);

  @Test
  void whatMayStillCome_isWaitedFor() {
    look(Map.of());
    assertThat(sent.removeRefused(Map.of(), false)).isEmpty();
    assertThat(sent.size()).isEqualTo(3);
  }

  @Test
  void aLaterOneThatWasTaken_tellsOfThoseBefore_andNotOfThoseBehind() {
    Map<UUID, Taken> taken = Map.of(second.sessionId, new Taken(SENT_MS + 2, null));
    look(taken);
    assertThat(sent.removeRefused(taken, false)).containsExactly(first);
    assertThat(sent.sessions()).containsExactly(second.sessionId, third.sessionId);
  }

  @Test
  void aLaterOneThatHasEnded_tellsStill() {
    look(Map.of(third.sessionId, new Taken(SENT_MS + 3, Ending.TRAINING)));
    assertThat(sent.remove(third.sessionId)).isSameAs(third);
    assertThat(sent.removeRefused(Map.of(), false)).containsExactly(first, second);
  }

  /** Whoever sent it did not live to hear of it; what is sent again now has not come there yet. */
  @Test
  void aHeadOfAnEarlierAttempt_tellsNothing() {
    Map<UUID, Taken> taken = Map.of(third.sessionId, new Taken(SENT_MS - 60_000, null));
    look(taken);
    assertThat(sent.removeRefused(taken, false)).isEmpty();
  }

  @Test
  void whereNoMoreAreBegun_whatHasNoHeadIsRefused() {
    Map<UUID, Taken> taken = Map.of(first.sessionId, new Taken(SENT_MS + 1, null));
    look(taken);
    assertThat(sent.removeRefused(taken, true)).containsExactly(second, third);
    assertThat(sent.sessions()).containsExactly(first.sessionId);
  }

  private void look(Map<UUID, Taken> taken) {
    sent.taken(taken);
  }

  private Part added(int number) {
    Part part = new Part(new UUID(1, number), "run", SENT_MS, SENT_MS);
    sent.add(part, SENT_MS + number);
    return part;
  }
}
