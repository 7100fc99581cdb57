package io.pacewire.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pacewire.platform.config.ConfigException;
import io.pacewire.platform.pg.PgSettings;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose rows are where. */
class DatabaseSlotsTest {
  private static final PgSettings USUAL =
      new PgSettings("db0", 5432, "pacewire", "training", "pw_training", "secret", 4);

  @Test
  void withoutAMap_everybodyIsInTheUsualOne() {
    DatabaseSlots slots = DatabaseSlots.parse("", USUAL);
    assertThat(slots.databases()).containsExactly(USUAL);
    assertThat(slots.of(UUID.randomUUID())).isZero();
  }

  @Test
  void rangesOfOneDatabase_areOneDatabase_withTheUsualRole() {
    DatabaseSlots slots = DatabaseSlots.parse(
        "0-99=postgresql://a/one, 100-899=postgresql://b:6000/two,900-1023=postgresql://a:5432/one",
        USUAL);
    assertThat(slots.databases())
        .containsExactly(USUAL.in("a", 5432, "one"), USUAL.in("b", 6000, "two"));
    assertThat(slots.databases().get(1).user()).isEqualTo("pw_training");
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      UUID athlete = new UUID(random.nextLong(), random.nextLong());
      int slot = DatabaseSlots.slot(athlete);
      assertThat(slots.of(athlete)).isEqualTo(slot < 100 || slot >= 900 ? 0 : 1);
      assertThat(slots.of(athlete.toString())).isEqualTo(slots.of(athlete));
    }
    assertThat(slots.of("nobody")).as("set aside by the first").isZero();
  }

  @Test
  void anAthletesSlot_isTheSameForEver() {
    assertThat(DatabaseSlots.slot(UUID.fromString("00000000-0000-4000-8000-000000000001")))
        .isEqualTo(1010);
    assertThat(DatabaseSlots.slot(UUID.fromString("019e7044-8800-700f-9ba2-9c40d566086c")))
        .isEqualTo(456);
  }

  @Test
  void athletes_areSpreadEvenly() {
    int[] found = new int[DatabaseSlots.SLOTS];
    for (long i = 0; i < 100_000; i++) {
      UUID ordered = new UUID(0x019e_7044_8800_7000L + (i << 16), 0x8000_0000_0000_0000L + i);
      found[DatabaseSlots.slot(ordered)]++;
    }
    for (int count : found) {
      assertThat(count).isBetween(20, 300);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0-511=postgresql://a/b | slot 512 has no database",
        "0-511=postgresql://a/b,513-1023=postgresql://c/d | slot 512 has no database",
        "0-512=postgresql://a/b,512-1023=postgresql://c/d | slot 512 is given twice",
        "0-1024=postgresql://a/b | slots go from 0 to 1023, was 0-1024",
        "9-0=postgresql://a/b | slots go from 0 to 1023, was 9-0",
        "0-1023=a/b | a database is postgresql://HOST:PORT/DATABASE",
        "0-1023=http://a/b | a database is postgresql://HOST:PORT/DATABASE",
        "0-1023=postgresql://me:secret@a/b | a database is postgresql://HOST:PORT/DATABASE",
        "0-1023=postgresql://a | a database is postgresql://HOST:PORT/DATABASE",
        "0-1023 | an entry is FROM-TO=postgresql://HOST:PORT/DATABASE",
        "0-1023=postgresql://a/b, | an entry is FROM-TO=postgresql://HOST:PORT/DATABASE"
      })
  void aMapThatCannotBeRight_isRefused_andSaysWhy(String map, String fault) {
    assertThatThrownBy(() -> DatabaseSlots.parse(map, USUAL))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("training.databases: " + fault)
        .hasMessageNotContaining("secret");
  }
}
