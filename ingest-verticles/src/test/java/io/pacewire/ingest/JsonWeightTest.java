package io.pacewire.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pacewire.platform.web.ProblemException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWeightTest {
  private static final int BYTES = 1 << 20;

  private final BatchBody body = new BatchBody(BYTES, 256);
  private final BatchMedia json = BatchMedia.of("application/json", null);

  /** What a mebibyte of it really leaves on the heap, within a factor of a few. */
  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "1", "12345", "\"abc\"", "{\"a\":1}"})
  void theWeight_isThatOfTheParsedTree(String element) {
    byte[] text = array(element);
    long estimated = JsonWeight.of(text);
    Runtime heap = Runtime.getRuntime();
    System.gc();
    long before = heap.totalMemory() - heap.freeMemory();
    Object tree = Json.decodeValue(Buffer.buffer(text));
    System.gc();
    long kept = heap.totalMemory() - heap.freeMemory() - before;
    assertThat(tree).isNotNull();
    assertThat((double) estimated / kept).as("%d for %d", estimated, kept).isBetween(0.5, 4.0);
  }

  @Test
  void whatWeighsManyTimesItsLength_isTooLarge_andNumbersAreNot() {
    for (String hollow : new String[] {"{}", "[]"}) {
      assertThatThrownBy(() -> body.envelopes(json, array(hollow), 0))
          .isInstanceOfSatisfying(
              ProblemException.class,
              refused -> assertThat(refused.problem().status()).isEqualTo(413));
    }
    assertThat(JsonWeight.of(array("-1234567"))).isLessThan(body.mostParsed(BYTES));
  }

  @Test
  void aSmallBody_takesLittleRoom() {
    assertThat(body.mostParsed(1_000)).isEqualTo(36_096);
    assertThat(body.mostParsed(BYTES)).isEqualTo(8L * BYTES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"", "\"\\", "{\"a", "]]]", "\\"})
  void whatIsNoJson_isWeighedAllTheSame(String text) {
    assertThat(JsonWeight.of(text.getBytes(UTF_8))).isNotNegative();
  }

  private static byte[] array(String element) {
    return IntStream.range(0, (BYTES - 2) / (element.length() + 1))
        .mapToObj(index -> element)
        .collect(Collectors.joining(",", "[", "]"))
        .getBytes(UTF_8);
  }
}
