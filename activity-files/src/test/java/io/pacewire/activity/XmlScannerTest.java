package io.pacewire.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pacewire.activity.XmlScanner.Event;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and texts are taken many characters at once; where a buffer ends must not show. */
class XmlScannerTest {
  private static final int BUFFER = 16 * 1024;

  @Test
  void whereverTheBufferEnds_namesAndTextsAreWhole() throws IOException {
    String xml = "--><ns:Root a = \"1&lt;2\"><name >te&amp;xt &#65;</name><empty/></ns:Root>";
    for (int before = BUFFER - xml.length() - 8; before <= BUFFER; before++) {
      XmlScanner scanner = scanner("<!--" + "x".repeat(before - 4) + xml);
      assertThat(scanner.next()).as("%d before", before).isEqualTo(Event.START);
      assertThat(scanner.name().local()).isEqualTo("root");
      assertThat(scanner.attribute("a")).isEqualTo("1<2");
      assertThat(scanner.next()).isEqualTo(Event.START);
      assertThat(scanner.name().local()).isEqualTo("name");
      assertThat(scanner.next()).isEqualTo(Event.END);
      assertThat(scanner.text()).isEqualTo("te&xt A");
      assertThat(scanner.next()).isEqualTo(Event.START);
      assertThat(scanner.name().local()).isEqualTo("empty");
      assertThat(scanner.next()).isEqualTo(Event.END);
      assertThat(scanner.next()).isEqualTo(Event.END);
      assertThat(scanner.name().local()).isEqualTo("root");
      assertThat(scanner.next()).isEqualTo(Event.OVER);
    }
  }

  @Test
  void whatIsTooLong_isRefusedAsName_andCutOffAsText() throws IOException {
    String longest = "n".repeat(256);
    assertThat(scanner("<" + longest + ">").next()).isEqualTo(Event.START);
    assertThatThrownBy(() -> scanner("<" + longest + "n>").next())
        .isInstanceOf(MalformedActivityException.class)
        .hasMessageContaining("no name");
    XmlScanner scanner = scanner("<a>" + "t".repeat(3 * BUFFER) + "</a>");
    assertThat(scanner.next()).isEqualTo(Event.START);
    assertThat(scanner.next()).isEqualTo(Event.END);
    assertThat(scanner.text()).isEqualTo("t".repeat(4_096));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<", "</", "<a", "<a b", "<a<", "<a&b>", "<\"a\">", "< a>", "<=>", "</>"})
  void whatIsNoName_isRefused(String xml) {
    assertThatThrownBy(() -> scanner(xml).next()).isInstanceOf(MalformedActivityException.class);
  }

  private static XmlScanner scanner(String xml) {
    return new XmlScanner(new XmlInput(new StringReader(xml)));
  }
}
