package io.pacewire.launcher.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTableTest {
  @TempDir
  Path folder;

  @Test
  void quotes_keepCommasQuotesAndLineEndsTogether() {
    assertThat(CsvTable.rows("a, \"b, c\" ,,\"d \"\"e\"\"\nf\"\r\n\r\ng,h \"i\"\n"))
        .containsExactly(List.of("a", "b, c", "", "d \"e\"\nf"), List.of("g", "h \"i\""));
  }

  @Test
  void aQuoteThatNothingCloses_endsWithItsLine() {
    assertThat(CsvTable.rows("a,b\nc,\"d,e\nf,g"))
        .containsExactly(List.of("a", "b"), List.of("c", "d,e"), List.of("f", "g"));
  }

  @Test
  void theHead_tellsWhatPartsCells() {
    assertThat(CsvTable.rows("a;b;c\n1,5;2;3")).element(1).isEqualTo(List.of("1,5", "2", "3"));
    assertThat(CsvTable.rows("a\tb\n1,5\t2")).element(1).isEqualTo(List.of("1,5", "2"));
  }

  @Test
  void rows_areByName_whateverTheOrder_andWhatIsNotThereIsEmpty() throws IOException {
    Path table = Files.writeString(folder.resolve("t.csv"), "\uFEFFB,a,b\r\n1,2,3\r\n4\r\n");
    assertThat(CsvTable.read(table))
        .containsExactly(Map.of("b", "1", "a", "2"), Map.of("b", "4", "a", ""));
    assertThat(CsvTable.read(Files.writeString(table, ""))).isEmpty();
  }
}
