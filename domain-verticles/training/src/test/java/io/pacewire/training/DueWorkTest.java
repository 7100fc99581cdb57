package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DueWorkTest {
  private static final int AT_ONCE = 10;
  private static final long MOST_NS = 1_000;

  private final List<Integer> left = new ArrayList<>();
  private final List<Integer> done = new ArrayList<>();
  private long nowNs = Long.MAX_VALUE - 500; // it may turn over
  private int asked;

  /** @param takesNs how long each takes */
  private boolean work(long takesNs) {
    return new DueWork<>(
            () -> nowNs,
            MOST_NS,
            AT_ONCE,
            () -> {
              asked++;
              return Future.succeededFuture(
                  List.copyOf(left.subList(0, Math.min(AT_ONCE, left.size()))));
            },
            one -> {
              nowNs += takesNs;
              if (one < 0) {
                return Future.succeededFuture(false); // stays due
              }
              done.add(one);
              return Future.succeededFuture(left.remove(one));
            })
        .run()
        .result();
  }

  private void due(int from, int to) {
    IntStream.range(from, to).forEach(left::add);
  }

  @Test
  void allThatIsDue_isDoneInItsOrder_whileThereIsTime() {
    due(0, 35);
    assertThat(work(1)).isFalse();
    assertThat(done).containsExactlyElementsOf(IntStream.range(0, 35).boxed().toList());
    assertThat(asked).isEqualTo(4);
  }

  @Test
  void whenTimeIsOver_noOtherIsBegun_andTheRestIsForTheNextTurn() {
    due(0, 35);
    assertThat(work(300)).isTrue();
    assertThat(done).containsExactly(0, 1, 2, 3);
    assertThat(work(70)).isTrue();
    assertThat(done).hasSize(4 + 15);
    assertThat(work(1)).isFalse();
    assertThat(left).isEmpty();
  }

  @Test
  void oneIsDone_howeverLongItTakes() {
    due(0, 2);
    assertThat(work(5 * MOST_NS)).isTrue();
    assertThat(done).containsExactly(0);
  }

  @Test
  void whatStaysDue_isNotAskedForWithoutEnd() {
    due(-10, 0);
    due(0, 5);
    assertThat(work(0)).isFalse();
    assertThat(asked).isEqualTo(1);
    left.subList(0, 3).clear();
    assertThat(work(0)).isFalse();
    assertThat(done).containsExactly(0, 1, 2, 3, 4);
  }
}
