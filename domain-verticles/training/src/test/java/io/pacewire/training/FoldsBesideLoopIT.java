package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.stack.Await;
import io.vertx.core.Promise;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Who edits a long recording takes little time of the event loop that devices and viewers share: what is
 * left there is reading rows, which comes in small pieces.
 */
class FoldsBesideLoopIT extends TrainingDatabase {
  private static final int BATCHES = 1_500;
  private static final int ROUNDS = 6;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final TrainingCore core = new TrainingCore(vertx, pool);

  @Test
  void theProcessorTimeOfEdits_isSpentOnWorkers() throws Exception {
    RecordedRun run = RecordedRun.of(BATCHES);
    for (int from = 0; from < BATCHES; from += 500) {
      core.apply(run.records(from, from + 499));
    }
    Target target = new Target(run.athlete, run.session, null);
    Training unused = crop(target, RecordedRun.START_MS + 5_000); // at first it is interpreted
    long loopsBefore = cpuNs("vert.x-eventloop");
    long workersBefore = cpuNs("training-folds");
    for (int round = 0; round < ROUNDS; round++) {
      long fromMs = RecordedRun.START_MS + 10_000L * (round + 1);
      assertThat(crop(target, fromMs).startAtMs()).isEqualTo(fromMs);
    }
    long loopsMs = (cpuNs("vert.x-eventloop") - loopsBefore) / 1_000_000;
    long workersMs = (cpuNs("training-folds") - workersBefore) / 1_000_000;
    assertThat(workersMs).as("against %d ms on loops", loopsMs).isGreaterThan(loopsMs);
  }

  private Training crop(Target target, long fromMs) throws Exception {
    Promise<Training> edited = Promise.promise();
    vertx.runOnContext(on -> core.edits.crop(target, fromMs, null).onComplete(edited));
    return Await.get(edited.future());
  }

  /** Of threads that have not ended; neither kind ends while the test goes on. */
  private static long cpuNs(String prefix) {
    return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
        .filter(thread -> thread != null && thread.getThreadName().startsWith(prefix))
        .mapToLong(thread -> Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId())))
        .sum();
  }
}
