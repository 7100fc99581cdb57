package io.pacewire.training.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SteadySpanTest {
  private static final long NOW_MS = 1_790_000_000_000L;
  private static final long DAY_MS = 86_400_000;
  private static final long YEAR_MS = 365 * DAY_MS;

  private static SteadySpan span(long... atMs) {
    TimedValues samples = new TimedValues();
    for (long at : atMs) {
      samples.add(at, 0);
    }
    return SteadySpan.of(samples, samples.placesWithin(Long.MIN_VALUE, Long.MAX_VALUE));
  }

  private static long[] every(long fromMs, long stepMs, int count) {
    return IntStream.range(0, count).mapToLong(i -> fromMs + i * stepMs).toArray();
  }

  @Test
  void aLongHike_isARecording_aSampleAMonthIsNone() {
    long start = NOW_MS - 5 * YEAR_MS;
    assertThat(span(every(start, DAY_MS / 10, 300)).refusal(NOW_MS)).isNull();
    assertThat(span(every(start, 30 * DAY_MS, 60)).refusal(NOW_MS))
        .startsWith("goes on for more than 31 days");
    assertThat(span(start, start + YEAR_MS).refusal(NOW_MS)).isNotNull();
    assertThat(span(start).refusal(NOW_MS)).isNull();
  }

  @Test
  void whatNobodyHasRecordedYet_isRefused_aClockThatIsAheadByHoursIsNot() {
    assertThat(span(every(NOW_MS + 2 * DAY_MS, 1_000, 100)).refusal(NOW_MS))
        .isEqualTo("lies in the future");
    assertThat(span(every(NOW_MS - DAY_MS, DAY_MS, 10)).refusal(NOW_MS))
        .isEqualTo("ends in the future");
    assertThat(span(every(NOW_MS + DAY_MS / 2, 1_000, 100)).refusal(NOW_MS)).isNull();
  }

  /** A receiver without a fix, or a byte that fell over: the fold passes over those. */
  @Test
  void oneOrTwoWrongTimes_areNoReason() {
    long[] run = every(NOW_MS - 10 * DAY_MS, 1_000, 1_000);
    run[0] = 0;
    run[1] = 1_000;
    run[500] = NOW_MS + 9 * YEAR_MS;
    run[999] = NOW_MS + 9 * YEAR_MS;
    assertThat(span(run).refusal(NOW_MS)).isNull();
    run[700] = NOW_MS + 9 * YEAR_MS;
    assertThat(span(run).refusal(NOW_MS)).isNotNull();
  }
}
