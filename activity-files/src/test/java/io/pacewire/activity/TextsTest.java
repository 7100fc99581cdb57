package io.pacewire.activity;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
  @Property(tries = 2_000)
  void aNumber_isTheNearestDouble(@ForAll long digits, @ForAll @IntRange(max = 18) int places) {
    String text = BigDecimal.valueOf(digits, places).toPlainString();
    assertThat(Texts.number(text)).isEqualTo(Double.parseDouble(text));
    String shorter =
        BigDecimal.valueOf(digits % 100_000_000_000L, Math.min(places, 9)).toPlainString();
    assertThat(Texts.number(shorter)).isEqualTo(Double.parseDouble(shorter));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0.0", "1e3", "+5", ".5", "5.", "007.50", "-12.25"})
  void otherForms_areNumbersToo(String text) {
    assertThat(Texts.number(text)).isEqualTo(Double.parseDouble(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", ".", "1.2.3", "1,5", "Infinity", "1e999", "--1", "a"})
  void whatIsNone_isNaN(String text) {
    assertThat(Texts.number(text)).isNaN();
  }
}
