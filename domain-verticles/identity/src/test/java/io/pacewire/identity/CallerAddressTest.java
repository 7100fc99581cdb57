package io.pacewire.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerAddressTest {

  @ParameterizedTest
  @CsvSource({
    "203.0.113.9, 203.0.113.9",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
    "2001:db8::5, 2001:db8::/64",
    "::1, ::/64",
    "'198.51.100.1, 203.0.113.9', 203.0.113.9"
  })
  void anAddress_isAsCoarseAsItsNetwork(String address, String coarse) {
    assertThat(CallerAddress.coarse(address)).isEqualTo(coarse);
  }
}
