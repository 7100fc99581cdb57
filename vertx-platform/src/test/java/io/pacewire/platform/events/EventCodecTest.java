package io.pacewire.platform.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pacewire.events.AccountRegistered;
import io.pacewire.events.EventTopics;
import io.pacewire.events.EventTypes;
import io.pacewire.events.TrainingFigures;
import io.pacewire.events.TrainingFinished;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class EventCodecTest {
  private static final UUID ATHLETE = UUID.fromString("0190a000-0000-7000-8000-000000000001");

  /** Every golden file ever committed stays readable; its name begins with the fact's type. */
  @TestFactory
  Stream<DynamicTest> goldenFilesAreReadable() throws Exception {
    Path golden = Path.of("src/test/resources/golden");
    List<Path> files;
    try (Stream<Path> found = Files.list(golden)) {
      files = found.sorted().toList();
    }
    assertThat(files.stream().map(EventCodecTest::type))
        .as("every type has a golden file, and every golden file a type")
        .containsAll(EventTypes.all())
        .allMatch(EventTypes.all()::contains);
    return files.stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
          Record fact = EventCodec.decode(type(file), Files.readAllBytes(file)).orElseThrow();
          assertThat(EventTypes.typeOf(fact)).isEqualTo(type(file));
          assertThat(EventCodec.decode(type(file), EventCodec.encode(fact))).contains(fact);
        }));
  }

  private static String type(Path golden) {
    String name = golden.getFileName().toString();
    return name.substring(0, name.indexOf('@'));
  }

  @Test
  void aFact_comesBack() {
    TrainingFinished fact = new TrainingFinished(
        ATHLETE,
        ATHLETE,
        1,
        true,
        new TrainingFigures(
            "run", 1, 2, "Europe/Moscow", 8_012.3, 2_400, 2_380, 2_500, 31, 30, 148, null, 1));
    byte[] json = EventCodec.encode(fact);
    assertThat(EventCodec.decode("training.finished", json)).contains(fact);
    assertThat(new String(json, UTF_8)).doesNotContain("maxHeartRateBpm");
  }

  @Test
  void anUnknownType_isNobodysBusiness_andUnknownFieldsAreIgnored() {
    assertThat(EventCodec.decode("training.dreamt", new byte[0])).isEmpty();
    String json =
        "{\"athleteId\":\"%s\",\"displayName\":\"M\",\"timeZone\":\"UTC\",\"locale\":\"en\",\"atMs\":1,\"later\":2}"
            .formatted(ATHLETE);
    assertThat(EventCodec.decode("account.registered", json.getBytes(UTF_8)))
        .contains(new AccountRegistered(ATHLETE, "M", "UTC", "en", 1));
  }

  @Test
  void aFactThatIsNone_isRefusedWithItsFault() {
    assertThatThrownBy(() -> EventCodec.decode("training.finished", "{}".getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("athleteId is missing");
    assertThatThrownBy(() -> EventCodec.decode(
            "account.registered", "{\"atMs\":\"maria@example.org\"}".getBytes(UTF_8)))
        .hasMessage("no AccountRegistered: atMs is malformed");
    for (String json : List.of("", "null", "7", "[]", "{} {}", "{\"figures\":7}")) {
      assertThatThrownBy(() -> EventCodec.decode("training.finished", json.getBytes(UTF_8)))
          .as(json)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void theSameFact_hasTheSameId() {
    AccountRegistered fact = new AccountRegistered(ATHLETE, "M", "UTC", "en", 1);
    EventEnvelope one = EventEnvelope.of(EventTopics.ACCOUNT, ATHLETE, "account/1", 1, fact);
    EventEnvelope two = EventEnvelope.of(EventTopics.ACCOUNT, ATHLETE, "account/1", 1, fact);
    assertThat(one.id()).isEqualTo(two.id());
    assertThat(one.source()).isEqualTo("/account");
  }
}
