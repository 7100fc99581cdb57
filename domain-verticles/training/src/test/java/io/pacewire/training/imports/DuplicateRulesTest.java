package io.pacewire.training.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.training.imports.DuplicateRules.Timed;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DuplicateRulesTest {
  private static final long HOUR_MS = 3_600_000;
  private static final long START_MS = 1_700_000_000_000L;

  private static Timed run(double fromHours, double toHours) {
    return of("run", fromHours, toHours);
  }

  private static Timed of(String sport, double fromHours, double toHours) {
    return new Timed(
        UUID.randomUUID(),
        sport,
        START_MS + (long) (fromHours * HOUR_MS),
        START_MS + (long) (toHours * HOUR_MS));
  }

  @Test
  void whatLastedNearlyTheSame_isTheSame_whateverItIsCalled() {
    Timed near = of("ride", 0.02, 1);
    Timed nearer = of("ride", 0.01, 1);
    assertThat(DuplicateRules.same(run(0, 1), List.of(near, nearer))).contains(nearer);
    assertThat(DuplicateRules.same(run(0, 1), List.of(run(0, 0.91)))).isPresent();
    assertThat(DuplicateRules.same(run(0, 1), List.of(run(0, 0.89)))).isEmpty();
    assertThat(DuplicateRules.same(run(0, 10), List.of(run(0.1, 10))))
        .as("too late")
        .isEmpty();
  }

  @Test
  void whatWasCut_isAPartOfTheWhole_wheneverItBegins() {
    Timed whole = run(0, 2);
    Timed longer = run(-1, 2);
    for (Timed cut : List.of(run(0, 1), run(1, 2), run(0.5, 1), run(1.05, 2.1))) {
      assertThat(DuplicateRules.whole(cut, List.of(whole))).contains(whole);
      assertThat(DuplicateRules.whole(cut, List.of(whole, longer))).contains(longer);
      assertThat(DuplicateRules.parts(whole, List.of(cut))).containsExactly(cut);
      assertThat(DuplicateRules.whole(whole, List.of(cut))).isEmpty();
    }
    assertThat(DuplicateRules.whole(of("other", 0, 1), List.of(whole))).contains(whole);
    assertThat(DuplicateRules.parts(whole, List.of(of("other", 0, 1)))).hasSize(1);
    assertThat(DuplicateRules.whole(run(0, 1), List.of(of(null, 0, 2)))).isPresent();
    assertThat(DuplicateRules.whole(run(0, 1), List.of(of("other", 0, 2)))).isPresent();
    assertThat(DuplicateRules.whole(of(null, 0, 1), List.of(whole))).contains(whole);
  }

  @Test
  void whatIsOfAnotherSport_orLiesAside_orIsEndless_isSomethingElse() {
    assertThat(DuplicateRules.whole(of("swim", 1, 2), List.of(of("hike", 0, 9))))
        .isEmpty();
    assertThat(DuplicateRules.parts(of("hike", 0, 9), List.of(of("swim", 1, 2))))
        .isEmpty();
    assertThat(DuplicateRules.whole(run(1.2, 2.2), List.of(run(0, 2)))).isEmpty();
    assertThat(DuplicateRules.whole(run(3, 4), List.of(run(0, 2)))).isEmpty();
    assertThat(DuplicateRules.whole(run(3, 4), List.of(run(0, 49)))).isEmpty();
    assertThat(DuplicateRules.whole(run(0, 1), List.of(run(0, 1))))
        .as("no part")
        .isEmpty();
    assertThat(DuplicateRules.whole(run(1, 1), List.of(run(0, 2))))
        .as("no time")
        .isEmpty();
  }

  @Test
  void parts_areNamedInTheirOrder() {
    Timed first = run(0, 1);
    Timed second = run(1.5, 3);
    assertThat(DuplicateRules.parts(run(0, 4), List.of(second, run(5, 6), first)))
        .containsExactly(first, second);
  }
}
