package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StrangersTest {
  private static final long S = 1_000_000_000L;

  private final AtomicLong nanos = new AtomicLong();
  private final Strangers strangers = new Strangers(20, nanos::get);

  private int forged(String address, int most) {
    int asked = 0;
    while (asked < most && strangers.mayAsk(address)) {
      strangers.done(address, true);
      asked++;
    }
    return asked;
  }

  @Test
  void whoBringsForgedTokens_hasFewMoreLookedAt_andOthersDoNotNotice() {
    assertThat(forged("192.0.2.1", 10_000)).isEqualTo(200);
    assertThat(strangers.mayAsk("192.0.2.2")).isTrue();
    nanos.addAndGet(S);
    assertThat(forged("192.0.2.1", 10_000)).isEqualTo(20);
    nanos.addAndGet(3_600 * S);
    assertThat(forged("192.0.2.1", 10_000)).isEqualTo(200);
  }

  /** All at once, before the first is seen to be forged: that is paid for afterwards. */
  @Test
  void aSalvo_isBounded_andPaidFor() {
    int asked = 0;
    while (strangers.mayAsk("192.0.2.1")) {
      asked++;
    }
    assertThat(asked).isEqualTo(Strangers.MOST_AT_ONCE);
    for (int i = 0; i < asked; i++) {
      strangers.done("192.0.2.1", true);
    }
    nanos.addAndGet(100 * S);
    assertThat(strangers.mayAsk("192.0.2.1")).isFalse();
    nanos.addAndGet(20 * S);
    assertThat(strangers.mayAsk("192.0.2.1")).isTrue();
  }

  @Test
  void aFleetWithGoodTokens_comesFromOneAddress() {
    for (int i = 0; i < 100_000; i++) {
      assertThat(strangers.mayAsk("192.0.2.1")).isTrue();
      strangers.done("192.0.2.1", false);
    }
  }

  @Test
  void withoutALimit_everyoneMayAsk() {
    Strangers any = new Strangers(0, nanos::get);
    for (int i = 0; i < 10_000; i++) {
      assertThat(any.mayAsk("192.0.2.1")).isTrue();
    }
  }
}
