package io.pacewire.platform.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventIdsTest {

  /** The example of RFC 9562, appendix A.4. */
  @Test
  void anIdIsMade_asTheStandardSays() {
    UUID dns = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    assertThat(EventIds.of(dns, "www.example.com"))
        .isEqualTo(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
  }

  @Test
  void aFactKeepsItsId_forEver() {
    assertThat(EventIds.of("training/a/b/finished-1"))
        .isEqualTo(EventIds.of("training/a/b/finished-1"));
    assertThat(EventIds.of("training/a/b/finished-1").version()).isEqualTo(5);
    assertThat(EventIds.of("training/a/b/finished-1"))
        .isNotEqualTo(EventIds.of("training/a/b/finished-2"));
  }
}
