package io.pacewire.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.identity.LoginRules.Refreshes;
import io.pacewire.identity.LoginRules.Shown;
import io.pacewire.identity.LoginRules.Tries;
import org.junit.jupiter.api.Test;

class LoginRulesTest {
  private static final byte[] CURRENT = {3};
  private static final byte[] PREVIOUS = {2};
  private static final byte[] OLDER = {1};
  private static final long ROTATED_AT_MS = 1_000_000;
  private static final Refreshes KNOWN = new Refreshes(CURRENT, PREVIOUS, ROTATED_AT_MS, false);

  @Test
  void triesPause_onceUsedUp_untilTheyRunOut() {
    assertThat(new Tries(4, 2_000).pauses(5, 1_000)).isFalse();
    assertThat(new Tries(5, 2_000).pauses(5, 1_000)).isTrue();
    assertThat(new Tries(5, 2_000).pauses(5, 2_000)).isFalse();
    assertThat(Tries.NONE.pauses(5, 0)).isFalse();
  }

  @Test
  void triesLeft_areNeverNegative_andSecondsNeverNone() {
    assertThat(new Tries(2, 0).left(5)).isEqualTo(3);
    assertThat(new Tries(9, 0).left(5)).isZero();
    assertThat(new Tries(5, 1_500).secondsLeft(0)).isEqualTo(2);
    assertThat(new Tries(5, 0).secondsLeft(0)).isEqualTo(1);
  }

  @Test
  void anOldToken_isStolen_howeverOld() {
    assertThat(LoginRules.judge(KNOWN, OLDER, ROTATED_AT_MS)).isEqualTo(Shown.STOLEN);
    assertThat(LoginRules.judge(KNOWN, PREVIOUS, ROTATED_AT_MS + 10_000)).isEqualTo(Shown.STOLEN);
    assertThat(LoginRules.judge(new Refreshes(CURRENT, null, 0, false), OLDER, 1))
        .isEqualTo(Shown.STOLEN);
  }

  @Test
  void theTokenBefore_isNoTheft_atTheMomentOfTheChange() {
    assertThat(LoginRules.judge(KNOWN, PREVIOUS, ROTATED_AT_MS + 9_999))
        .isEqualTo(Shown.CHANGED_JUST_NOW);
  }

  @Test
  void aCurrentTokenThatCouldNotBeUsed_hasEnded() {
    assertThat(LoginRules.judge(KNOWN, CURRENT, ROTATED_AT_MS)).isEqualTo(Shown.ENDED);
    assertThat(LoginRules.judge(new Refreshes(CURRENT, PREVIOUS, 0, true), OLDER, 1))
        .isEqualTo(Shown.ENDED);
  }
}
