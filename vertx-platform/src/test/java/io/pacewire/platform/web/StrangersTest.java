package io.pacewire.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pacewire.platform.web.Strangers.Pass;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StrangersTest {
  private static final long S = 1_000_000_000L;
  private static final String HERE = "192.0.2.1";

  private final AtomicLong nanos = new AtomicLong();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Strangers strangers = new Strangers(20, nanos::get, meters, "test");

  /** Until not even the reserve is left. */
  private int forged(String address, int most) {
    for (int asked = 0; asked < most; asked++) {
      Pass pass = strangers.mayAsk(address);
      if (pass == Pass.NONE) {
        return asked;
      }
      strangers.done(address, pass, true);
    }
    return most;
  }

  @Test
  void whoBringsForgedTokens_hasFewMoreLookedAt_andOthersDoNotNotice() {
    assertThat(forged(HERE, 10_000)).isEqualTo(200 + 100);
    assertThat(strangers.mayAsk("192.0.2.2")).isEqualTo(Pass.FREE);
    nanos.addAndGet(S);
    assertThat(forged(HERE, 10_000)).isEqualTo(20 + 100);
    nanos.addAndGet(3_600 * S);
    assertThat(forged(HERE, 10_000)).isEqualTo(200 + 100);
  }

  /** As 33 a second were enough to keep every device out that is behind the same address. */
  @Test
  void goodDevices_getIn_besideForgedTokensFromTheirAddress() {
    int in = 0;
    for (int second = 0; second < 600; second++) {
      nanos.addAndGet(S);
      int forged = forged(HERE, 33);
      assertThat(forged).isEqualTo(33);
      for (int device = 0; device < 20; device++) {
        Pass pass = strangers.mayAsk(HERE);
        if (pass != Pass.NONE) {
          strangers.done(HERE, pass, false);
          in++;
        }
      }
    }
    assertThat(in).isEqualTo(600 * 20);
    assertThat(count("reserved")).isPositive();
    assertThat(count("forged")).isEqualTo(600 * 33);
    assertThat(count("refused")).isZero();
  }

  @Test
  void theReserves_areBoundedTogether_andWhatIsRefusedIsCounted() {
    for (int i = 0; i < 10; i++) {
      int unused = forged("192.0.2." + i, 10_000);
    }
    assertThat(count("forged")).isEqualTo(10 * 200 + 200);
    assertThat(strangers.mayAsk("192.0.2.9")).isEqualTo(Pass.NONE);
    assertThat(strangers.mayAsk("192.0.2.99")).isEqualTo(Pass.FREE);
    assertThat(count("refused")).isEqualTo(11);
  }

  /** All at once, before the first is seen to be forged: that is paid for afterwards. */
  @Test
  void aSalvo_isBounded_andPaidFor() {
    int asked = 0;
    while (strangers.mayAsk(HERE) == Pass.FREE) {
      asked++;
    }
    assertThat(asked).isEqualTo(Strangers.MOST_AT_ONCE);
    for (int i = 0; i < asked; i++) {
      strangers.done(HERE, Pass.FREE, true);
    }
    nanos.addAndGet(100 * S);
    assertThat(strangers.mayAsk(HERE)).isEqualTo(Pass.RESERVED);
    nanos.addAndGet(20 * S);
    assertThat(strangers.mayAsk(HERE)).isEqualTo(Pass.FREE);
  }

  @Test
  void aFleetWithGoodTokens_comesFromOneAddress() {
    for (int i = 0; i < 100_000; i++) {
      assertThat(strangers.mayAsk(HERE)).isEqualTo(Pass.FREE);
      strangers.done(HERE, Pass.FREE, false);
    }
  }

  @Test
  void withoutALimit_everyoneMayAsk() {
    Strangers any = new Strangers(0, nanos::get, meters, "any");
    for (int i = 0; i < 10_000; i++) {
      assertThat(any.mayAsk(HERE)).isEqualTo(Pass.FREE);
    }
  }

  private int count(String what) {
    return (int) meters
        .counter("pacewire.tokens.strangers", "role", "test", "what", what)
        .count();
  }
}
