package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TurnstileTest {
  private final Turnstile turnstile = new Turnstile(2, 6);
  private final UUID one = UUID.randomUUID();

  @Test
  void oneAthlete_leavesPlacesToOthers() {
    Promise<Void> done = Promise.promise();
    List<Future<Void>> mine = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      mine.add(turnstile.pass(one, done::future));
    }
    assertThat(refusal(turnstile.pass(one, done::future))).isEqualTo(429);
    List<Future<Void>> others = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      others.add(turnstile.pass(UUID.randomUUID(), done::future));
    }
    assertThat(refusal(turnstile.pass(UUID.randomUUID(), done::future))).isEqualTo(503);
    done.complete();
    assertThat(mine).allMatch(Future::succeeded);
    assertThat(others).allMatch(Future::succeeded);
    assertThat(turnstile.pass(one, Future::<Void>succeededFuture).succeeded()).isTrue();
  }

  @Test
  void oneAthlete_hasHalfOfThePlacesInside_andOthersGoByWhatWaits() {
    Turnstile wide = new Turnstile(4, 32);
    List<String> begun = new ArrayList<>();
    List<Promise<Void>> works = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      enter(wide, one, "mine", begun, works);
    }
    assertThat(begun).containsExactly("mine", "mine");
    UUID other = UUID.randomUUID();
    for (int i = 0; i < 3; i++) {
      enter(wide, other, "theirs", begun, works);
    }
    assertThat(begun).containsExactly("mine", "mine", "theirs", "theirs");
    works.get(2).complete();
    assertThat(begun)
        .as("mine wait longer")
        .endsWith("theirs", "theirs", "theirs")
        .hasSize(5);
    works.get(0).complete();
    assertThat(begun).endsWith("theirs", "mine").hasSize(6);
    for (int i = 0; i < works.size(); i++) {
      boolean unused = works.get(i).tryComplete();
    }
    assertThat(begun).hasSize(8);
    assertThat(works).allMatch(work -> work.future().succeeded());
  }

  private static void enter(
      Turnstile turnstile, UUID who, String name, List<String> begun, List<Promise<Void>> works) {
    Future<Void> unused = turnstile.pass(who, () -> {
      Promise<Void> work = Promise.promise();
      begun.add(name);
      works.add(work);
      return work.future();
    });
  }

  @Test
  void whoHasBegun_waitsItsTurn_howeverManyDo() {
    Promise<Void> done = Promise.promise();
    for (int i = 0; i < 8; i++) {
      Future<Void> unused = turnstile.pass(UUID.randomUUID(), done::future);
    }
    assertThat(refusal(turnstile.pass(one, done::future))).isEqualTo(503);
    Future<Void> begun = turnstile.passBegun(one, done::future);
    assertThat(begun.isComplete()).isFalse();
    done.complete();
    assertThat(begun.succeeded()).isTrue();
  }

  private static int refusal(Future<Void> refused) {
    return ((ProblemException) refused.cause()).problem().status();
  }
}
