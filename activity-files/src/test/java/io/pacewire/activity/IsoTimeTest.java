package io.pacewire.activity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {
  @ParameterizedTest
  @CsvSource({
    "2026-01-01T10:00:00Z, 2026-01-01T10:00:00Z",
    "2026-01-01t10:00:00z, 2026-01-01T10:00:00Z",
    "2026-01-01 10:00:00, 2026-01-01T10:00:00Z",
    "2026-01-01T10:00Z, 2026-01-01T10:00:00Z",
    "2026-01-01T10:00:00.5Z, 2026-01-01T10:00:00.5Z",
    "2026-01-01T10:00:00.123456789Z, 2026-01-01T10:00:00.123Z",
    "2026-01-01T15:30:00+05:30, 2026-01-01T10:00:00Z",
    "2026-01-01T06:00:00.25-0400, 2026-01-01T10:00:00.25Z",
    "2026-01-01T12:00:00+02, 2026-01-01T10:00:00Z",
    "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z",
    "2024-02-29T24:00:00Z, 2024-03-01T00:00:00Z",
  })
  void times_areRead(String text, Instant expected) {
    IsoTime time = new IsoTime();

    assertThat(time.read(text)).isTrue();
    assertThat(Instant.ofEpochMilli(time.epochMs())).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026",
        "2026-01-01",
        "2026-01-01T",
        "2026-01-01T10",
        "2026-13-01T10:00:00Z",
        "2026-02-29T10:00:00Z",
        "2026-01-01T25:00:00Z",
        "2026-01-01T10:61:00Z",
        "2026-01-01T10:00:00ZZ",
        "2026-01-01T10:00:00.Z",
        "2026-01-01T10:00:00+19:00",
        "2026-01-01T10:00:00+",
        "12026-01-01T10:00:00Z",
        "2026-01-01T1\u0660:00:00Z",
        "yesterday"
      })
  void othersAreNone(String text) {
    assertThat(new IsoTime().read(text)).isFalse();
  }
}
