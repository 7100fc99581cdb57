package io.pacewire.activity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatterBuilder;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextOutTest {
  @Property(tries = 500)
  void aNumber_isRounded(
      @ForAll @DoubleRange(min = -1e9, max = 1e9) double value,
      @ForAll @IntRange(max = 7) int places) {
    BigDecimal written = new BigDecimal(written(out -> out.fixed(value, places)));

    assertThat(written.scale()).isLessThanOrEqualTo(places);
    assertThat(written.subtract(new BigDecimal(value)).abs())
        .isLessThanOrEqualTo(
            new BigDecimal(0.5 + Math.ulp(value * Math.pow(10, places))).movePointLeft(places));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2, 0",
    "-0.001, 2, 0",
    "-0.5, 1, -0.5",
    "1.005, 3, 1.005",
    "12.30, 2, 12.3",
    "7, 7, 7",
    "1e17, 2, 100000000000000000",
    "0.0000001, 7, 0.0000001"
  })
  void aNumber_hasNoZerosAtItsEnd(double value, int places, BigDecimal expected) {
    String written = written(out -> out.fixed(value, places));
    assertThat(new BigDecimal(written)).isEqualByComparingTo(new BigDecimal(expected.toString()));
    assertThat(written).doesNotMatch(".*\\.[0-9]*0").doesNotContain("E");
  }

  @Property(tries = 500)
  void aTime_isWrittenAsTheLibraryDoes(
      @ForAll @LongRange(min = -62_135_596_800_000L, max = 253_402_300_799_999L) long at) {
    String expected = new DateTimeFormatterBuilder()
        .appendInstant(3)
        .toFormatter()
        .format(Instant.ofEpochMilli(at));
    assertThat(TextOut.canSay(at)).isTrue();
    assertThat(written(out -> out.time(at))).isEqualTo(expected);
  }

  @Test
  void texts_areEscaped_andWhatCannotBeSaidIsLeftOut() {
    assertThat(written(out -> out.xml("a<b>&\"\u0001\uD800é")))
        .isEqualTo("a&lt;b&gt;&amp;&quot;  é");
    assertThat(written(out -> out.json("a\"\\\n\u0001é")))
        .isEqualTo("\"a\\\"\\\\\\u000a\\u0001é\"");
    assertThat(written(out -> out.number(Long.MIN_VALUE))).isEqualTo("-9223372036854775808");
  }

  @Test
  void moreThanTheBuffer_goesOn() {
    String written = written(out -> {
      for (int i = 0; i < 10_000; i++) {
        out.number(i).raw("é");
      }
      return out;
    });
    assertThat(written).startsWith("0é1é").endsWith("9998é9999é").hasSize(38_890 + 10_000);
  }

  private static String written(UnaryOperator<TextOut> what) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TextOut out = new TextOut(bytes);
    what.apply(out).flush();
    return bytes.toString(UTF_8);
  }
}
