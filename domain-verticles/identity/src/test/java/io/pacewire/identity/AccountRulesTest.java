package io.pacewire.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountRulesTest {

  @Test
  void anAddress_isComparedInLowerCase() {
    assertThat(AccountRules.email("Maria.Lopez+run@Example.ORG"))
        .isEqualTo("maria.lopez+run@example.org");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "maria",
        "maria@",
        "@example.org",
        "maria@org",
        "ma ria@example.org",
        "a@b@c.org",
        "maria@example..org",
        "maria@.org"
      })
  void whatLacksAPartOfAnAddress_isRefused(String text) {
    assertThatThrownBy(() -> AccountRules.email(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("is no e-mail address");
  }

  @Test
  void aLongAddress_isJudgedInNoTime() {
    String dots = "a@" + "a.".repeat(120);
    assertThatThrownBy(() -> AccountRules.email(dots)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theSamePassword_isTheSameHoweverTheKeyboardSpellsIt() {
    assertThat(AccountRules.password("cafe\u0301 au lait"))
        .isEqualTo(AccountRules.password("caf\u00e9 au lait"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+05:30",
        "GMT+04:30",
        "Mars/Olympus",
        "europe/berlin",
        "+18:00",
        "",
        "..",
        "a/../b"
      })
  void onlyNamesOfTheZoneDatabase_areTaken(String text) {
    assertThatThrownBy(() -> AccountRules.timeZone(text))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(AccountRules.timeZone("Europe/Berlin")).isEqualTo("Europe/Berlin");
    assertThat(AccountRules.timeZone("UTC")).isEqualTo("UTC");
  }

  @ParameterizedTest
  @CsvSource({"GMT+03:00, Etc/GMT-3", "UTC-5, Etc/GMT+5", "Z, Etc/GMT+0", "+14:00, Etc/GMT-14"})
  void anOffsetOfWholeHours_getsTheNameItHasInTheDatabase(String text, String name) {
    assertThat(AccountRules.timeZone(text)).isEqualTo(name);
    assertThat(ZoneId.of(name).getRules().getOffset(Instant.EPOCH))
        .isEqualTo(ZoneId.of(text).getRules().getOffset(Instant.EPOCH));
  }

  @Test
  void onlyLanguagesTheConsoleSpeaks_areTaken() {
    assertThat(AccountRules.locale("ru")).isEqualTo("ru");
    assertThatThrownBy(() -> AccountRules.locale("de"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatHoldsSecrets_doesNotPrintThem() {
    assertThat(new Accounts.Registration("m@example.org", "a password", "M", "UTC", "en"))
        .asString()
        .doesNotContain("a password");
    assertThat(RefreshToken.first()).asString().isEqualTo("RefreshToken[]");
  }
}
