package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AckQueueTest {
  private final AckQueue queue = new AckQueue();
  private final List<Integer> sent = new ArrayList<>();

  @Test
  void acknowledgementsGoOut_inTheOrderTheMessagesCameIn() {
    AckQueue.Slot first = queue.expect(() -> sent.add(1));
    AckQueue.Slot second = queue.expect(() -> sent.add(2));
    AckQueue.Slot third = queue.expect(() -> sent.add(3));
    queue.ready(second);
    queue.flush();
    assertThat(sent).isEmpty();
    queue.ready(first);
    queue.flush();
    assertThat(sent).containsExactly(1, 2);
    queue.ready(third);
    queue.flush();
    assertThat(sent).containsExactly(1, 2, 3);
    assertThat(queue.size()).isZero();
  }

  @Test
  void whatIsSaidInstead_goesOutInTheSamePlace() {
    AckQueue.Slot first = queue.expect(() -> sent.add(1));
    AckQueue.Slot second = queue.expect(() -> sent.add(2));
    queue.ready(second);
    queue.instead(first, () -> sent.add(-1));
    queue.ready(first);
    queue.flush();
    assertThat(sent).containsExactly(-1, 2);
  }

  @Test
  void nothingGoesOutTwice() {
    AckQueue.Slot only = queue.expect(() -> sent.add(1));
    queue.ready(only);
    queue.ready(only);
    queue.flush();
    queue.flush();
    assertThat(sent).containsExactly(1);
  }
}
