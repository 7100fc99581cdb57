package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.ingest.Admission.Admitted;
import io.pacewire.ingest.Admission.Refused;
import io.pacewire.wire.BatchCodec;
import io.pacewire.wire.Envelope;
import io.pacewire.wire.SampleBatch;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchAdmissionTest {
  private static final long NOW_MS = 1_780_000_000_000L;
  private static final UUID SESSION = UUID.fromString("01970000-0000-7000-8000-000000000001");
  private final BatchAdmission admission = new BatchAdmission(4_096);

  @Test
  void aBatch_isAdmitted_onTheLaneOfItsAge() {
    assertThat(admit(message(3, 10, NOW_MS))).isInstanceOfSatisfying(Admitted.class, admitted -> {
      assertThat(admitted.header().seq()).isEqualTo(3);
      assertThat(admitted.backfill()).isFalse();
    });
    assertThat(admit(message(3, 10, NOW_MS - 60_001)))
        .isInstanceOfSatisfying(
            Admitted.class, late -> assertThat(late.backfill()).isTrue());
    assertThat(admit(message(3, 10, NOW_MS - 59_000)))
        .isInstanceOfSatisfying(
            Admitted.class, still -> assertThat(still.backfill()).isFalse());
  }

  /** Who does not say when it sent is believed to have sent now. */
  @Test
  void aBatchThatDoesNotSayWhenItWasSent_isOnTheLaneOfItsAgeHere() {
    assertThat(admit(message(3, 10, NOW_MS - 3_600_000, 0)))
        .isInstanceOfSatisfying(Admitted.class, old -> {
          assertThat(old.backfill()).isTrue();
          assertThat(old.sentAtMs()).isEqualTo(NOW_MS);
        });
    assertThat(admit(message(3, 10, NOW_MS - 1_000, 0)))
        .isInstanceOfSatisfying(
            Admitted.class, fresh -> assertThat(fresh.backfill()).isFalse());
  }

  /** A clock that is behind is believed; one that sends before it measures is not. */
  @ParameterizedTest
  @ValueSource(longs = {1, NOW_MS - 72_000_000})
  void aBacklogThatWasSentBeforeItWasMeasured_isBacklog(long sentAtMs) {
    assertThat(admit(message(3, 10, NOW_MS - 36_000_000, sentAtMs)))
        .isInstanceOfSatisfying(
            Admitted.class, old -> assertThat(old.backfill()).as("%d", sentAtMs).isTrue());
    assertThat(admit(message(3, 10, NOW_MS - 36_000_000, NOW_MS - 36_000_000)))
        .isInstanceOfSatisfying(
            Admitted.class, behind -> assertThat(behind.backfill()).isFalse());
  }

  @Test
  void aBatchThatIsTooLarge_isNamedInItsRefusal() {
    assertThat(admit(message(7, 3_000, NOW_MS))).isInstanceOfSatisfying(Refused.class, refused -> {
      assertThat(refused.reason()).isEqualTo("too-large");
      assertThat(refused.sessionId()).isEqualTo(SESSION);
      assertThat(refused.seq()).isEqualTo(7);
      assertThat(refused.detail()).contains("at most 4096");
    });
  }

  @Test
  void whatIsNoBatch_isRefusedWithoutAName() {
    assertThat(admit(new byte[] {1, 2, 3})).isInstanceOfSatisfying(Refused.class, refused -> {
      assertThat(refused.reason()).isEqualTo("malformed");
      assertThat(refused.sessionId()).isNull();
    });
    assertThat(admit(new byte[0])).isInstanceOf(Refused.class);
  }

  /** As one of a later version of the SDK. */
  @Test
  void aBatchThatCannotBeRead_isNamedWhereItNamesItself() {
    byte[] later = message(7, 10, NOW_MS);
    later[indexOfVersion(later)] = 2;
    for (UUID topics : new UUID[] {null, SESSION}) {
      assertThat(admission.admit(later, topics, NOW_MS))
          .isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo("malformed");
            assertThat(refused.detail()).contains("wire_version");
            assertThat(refused.sessionId()).isEqualTo(SESSION);
            assertThat(refused.writer()).isZero();
            assertThat(refused.seq()).isEqualTo(7);
          });
    }
    assertThat(admission.admit(later, UUID.randomUUID(), NOW_MS))
        .isInstanceOfSatisfying(
            Refused.class, another -> assertThat(another.sessionId()).isNull());
  }

  /** Its device may send the same batch in a better envelope: what is named is set aside for good. */
  @Test
  void aGoodBatch_inAnEnvelopeThatCannotBeRead_isNotNamed() {
    byte[] message = message(7, 10, NOW_MS);
    message[0] = 0x7F; // a tag of no type
    assertThat(admit(message)).isInstanceOfSatisfying(Refused.class, refused -> {
      assertThat(refused.reason()).isEqualTo("malformed");
      assertThat(refused.sessionId()).isNull();
    });
  }

  private static int indexOfVersion(byte[] message) {
    Envelope envelope = Envelope.parse(message);
    assertThat(message[envelope.batchFrom()]).isEqualTo((byte) 8);
    return envelope.batchFrom() + 1;
  }

  @Test
  void aBodyThatWasChangedOnItsWay_isRefused() {
    byte[] message = message(7, 10, NOW_MS);
    message[message.length - 1] ^= 1;
    assertThat(admit(message))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo("hash-mismatch"));
  }

  @Test
  void anotherSessionThanTheTopicsOwn_isRefused() {
    assertThat(admission.admit(message(7, 10, NOW_MS), UUID.randomUUID(), NOW_MS))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo("foreign-session"));
    assertThat(admission.admit(message(7, 10, NOW_MS), SESSION, NOW_MS))
        .isInstanceOf(Admitted.class);
  }

  private Admission admit(byte[] message) {
    return admission.admit(message, null, NOW_MS);
  }

  private static byte[] message(int seq, int rates, long lastAtMs) {
    return message(seq, rates, lastAtMs, NOW_MS);
  }

  private static byte[] message(int seq, int rates, long lastAtMs, long sentAtMs) {
    return Envelope.encode(sentAtMs, null, BatchCodec.encode(batch(seq, rates, lastAtMs)));
  }

  private static SampleBatch batch(int seq, int rates, long lastAtMs) {
    SampleBatch batch = new SampleBatch();
    batch.header(SESSION, 0, 0, seq);
    for (int i = 0; i < rates; i++) {
      long at = lastAtMs - (rates - 1 - i) * 10L;
      batch.heartRates().add(at, i * 10L, 60 + (i * 37) % 140, SampleBatch.ABSENT);
    }
    return batch;
  }
}
