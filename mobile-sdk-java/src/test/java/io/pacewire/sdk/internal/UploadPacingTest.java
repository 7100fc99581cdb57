package io.pacewire.sdk.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The small rules of time and number that the uploader follows. */
class UploadPacingTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void backoff_staysBelowADoublingCeiling_andBeginsAnewAfterSuccess() {
    Backoff backoff = new Backoff(500, 60_000, new Random(1));
    long ceiling = 500;
    boolean spread = false;
    for (int attempt = 0; attempt < 40; attempt++) {
      long wait = backoff.nextMs();
      assertThat(wait).isBetween(0L, ceiling);
      spread |= wait < ceiling / 2;
      ceiling = Math.min(60_000, ceiling * 2);
    }
    assertThat(spread).as("full jitter").isTrue();
    backoff.reset();
    assertThat(backoff.nextMs()).isLessThanOrEqualTo(500);
  }

  /** Each with chance of its own, as each phone has. */
  @Test
  void manyThatLoseOneServerAtOnce_doNotComeBackAtOnce() {
    int phones = 10_000;
    int parts = 20;
    int[] back = new int[parts];
    for (int phone = 0; phone < phones; phone++) {
      Backoff backoff = new Backoff(500, 60_000, new Random());
      long first = backoff.nextMs();
      long second = backoff.nextMs(); // the server is still away
      back[(int) (first * parts / 500)]++;
      assertThat(second).isLessThan(1_000);
    }
    for (int part = 0; part < parts; part++) {
      assertThat(back[part]).as("in the same 25 ms").isBetween(phones / 30, phones / 13);
    }
  }

  @Test
  void token_isDueAtFourFifthsOfItsOwnLifetime_whateverTheTimeOfDay() {
    AccessToken token = new AccessToken(jwt("{\"exp\": 1600,\"iat\":1000}"), 5);

    assertThat(token.isDue(5 + 479 * SECOND)).isFalse();
    assertThat(token.isDue(5 + 480 * SECOND)).isTrue();
  }

  @Test
  void tokenThatSaysNothing_livesTenMinutes() {
    for (String opaque : new String[] {"abc", "a.%%%.c", jwt("{}"), jwt("{\"exp\":1,\"iat\":9}")}) {
      AccessToken token = new AccessToken(opaque, 0);
      assertThat(token.isDue(479 * SECOND)).isFalse();
      assertThat(token.isDue(481 * SECOND)).isTrue();
    }
  }

  @Test
  void window_keepsRoomForWhatIsRecordedNow() {
    StoredSession session = new StoredSession(3, new UUID(1, 1), 0, "run", 0);
    SendWindow window = new SendWindow(64, 1_000_000);
    int backlog = 0;
    while (window.hasRoom(false)) {
      window.sent(session, backlog++, 100);
    }
    assertThat(backlog).isEqualTo(48);
    assertThat(window.hasRoom(true)).isTrue();
    window.done(session, 0);
    assertThat(window.hasRoom(false)).isTrue();
    window.limit(1);
    assertThat(window.hasRoom(true)).isFalse();
    window.clear();
    assertThat(window.hasRoom(false)).isTrue();
  }

  @Test
  void window_boundsBytes() {
    StoredSession session = new StoredSession(3, new UUID(1, 1), 0, "run", 0);
    SendWindow window = new SendWindow(64, 1_000);
    window.sent(session, 0, 1_000);

    assertThat(window.hasRoom(false)).isFalse();
    window.done(session, 0);
    assertThat(window.isEmpty()).isTrue();
  }

  @Test
  void stall_isPatientTwiceAsLongEachFruitlessRound_andResendsTwiceAsMuch() {
    StallWatch watch = new StallWatch();
    watch.storedProgress(0);
    assertThat(watch.isStoredLate(10 * SECOND, 10_000)).isFalse();
    assertThat(watch.isStoredLate(11 * SECOND, 10_000)).isTrue();
    watch.asked(11 * SECOND);
    assertThat(watch.isAnswerLate(12 * SECOND, 3_000)).isFalse();
    assertThat(watch.isAnswerLate(15 * SECOND, 3_000)).isTrue();
    int first = watch.takeResend();
    assertThat(watch.isStoredLate(30 * SECOND, 10_000)).isFalse();
    assertThat(watch.isStoredLate(32 * SECOND, 10_000)).isTrue();
    assertThat(watch.takeResend()).isEqualTo(2 * first);
    watch.settled();
    assertThat(watch.takeResend()).isEqualTo(first);
  }

  @Test
  void monotonicTime_followsTheWallClock_untilThatIsSet() {
    AtomicLong wall = new AtomicLong(1_000_000);
    AtomicLong uptime = new AtomicLong(500);
    Clock clock = new Clock() {
      @Override
      public ZoneOffset getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(java.time.ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return Instant.ofEpochMilli(wall.get());
      }
    };
    Timeline timeline = new Timeline(clock, uptime::get);
    wall.addAndGet(1_003);
    uptime.addAndGet(1_000); // jitter of reading two clocks is no news
    assertThat(timeline.monotonicMs(1_001_003)).isEqualTo(1_503);
    wall.addAndGet(Duration.ofHours(1).toMillis()); // somebody set the clock
    assertThat(timeline.monotonicMs(wall.get())).isEqualTo(1_500);
    assertThat(timeline.monotonicMs(wall.get() - 400))
        .as("an event a moment ago")
        .isEqualTo(1_100);
  }

  private static String jwt(String claims) {
    byte[] bytes = claims.getBytes(StandardCharsets.UTF_8);
    return "h." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + ".s";
  }
}
