package io.pacewire.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** What a sample costs in bytes, which is asserted, and in time, which is only reported. */
class WireFiguresTest {
  private static final long MEASURED_NS = 300_000_000;

  @Test
  void aFixAtOneHertz_takesAboutTenBytes() {
    assertThat(bytesPerSample("GPS, all a phone tells", Batches.gps(60, 1), 60)).isLessThan(14);
    assertThat(bytesPerSample("GPS, position only", Batches.bareGps(60, 1), 60)).isLessThan(10.5);
    assertThat(bytesPerSample("GPS, one second a batch", Batches.gps(1, 1), 1)).isLessThan(120);
  }

  @Test
  void anAccelerationAtFiftyHertz_takesLessThanSevenBytes() {
    assertThat(bytesPerSample("accelerometer", Batches.accel(250, 1), 250)).isLessThan(7);
  }

  private static double bytesPerSample(String what, SampleBatch batch, int samples) {
    byte[] bytes = BatchCodec.encode(batch);
    double each = (double) bytes.length / samples;
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f bytes a sample, %.1f ns to encode, %.1f ns to decode%n",
        what,
        each,
        nanosEach(samples, () -> BatchCodec.encode(batch).length),
        decodeNanosEach(bytes, samples));
    return each;
  }

  private static double decodeNanosEach(byte[] bytes, int samples) {
    SampleBatch into = new SampleBatch();
    return nanosEach(samples, () -> {
      BatchCodec.decode(bytes, 0, bytes.length, into);
      return into.fixes().size();
    });
  }

  /** Processor time, the best of three: other work on the machine must not count. */
  private static double nanosEach(int samples, IntSupplier work) {
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    double best = Double.MAX_VALUE;
    int sink = 0;
    for (int round = 0; round < 3; round++) {
      long start = thread.getCurrentThreadCpuTime();
      long spent = 0;
      long times = 0;
      while (spent < MEASURED_NS / 3) {
        for (int i = 0; i < 100; i++) {
          sink += work.getAsInt();
        }
        times += 100;
        spent = thread.getCurrentThreadCpuTime() - start;
      }
      best = Math.min(best, (double) spent / times / samples);
    }
    assertThat(sink).isNotEqualTo(-1);
    return best;
  }
}
