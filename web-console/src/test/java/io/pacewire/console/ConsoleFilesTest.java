package io.pacewire.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be known of the console without a browser. */
class ConsoleFilesTest {
  private static final Path ROOT = Path.of("src/main/resources/io/pacewire/console");
  private static final Pattern ENTRY =
      Pattern.compile("\"([\\w.]+)\":\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\w+}");

  @Test
  void bothLanguages_sayTheSameThings() throws IOException {
    String english = Files.readString(ROOT.resolve("assets/i18n/en.json"));
    String russian = Files.readString(ROOT.resolve("assets/i18n/ru.json"));
    assertThat(keys(russian)).isEqualTo(keys(english));
    for (String key : keys(english)) {
      assertThat(placeholders(russian, key)).as(key).isEqualTo(placeholders(english, key));
    }
  }

  @Test
  void everyTextThatTheScriptsAskFor_isThere() throws IOException {
    Set<String> known = keys(Files.readString(ROOT.resolve("assets/i18n/en.json")));
    Pattern asked = Pattern.compile("\\bt\\('([\\w.]+)'");
    for (Path script : scripts()) {
      String text = Files.readString(script);
      assertThat(asked
              .matcher(text)
              .results()
              .map(found -> found.group(1))
              .filter(key -> !key.endsWith(".")))
          .as(script.toString())
          .allSatisfy(key -> assertThat(known).contains(key));
    }
  }

  @Test
  void nothingIsInline_andNothingBecomesMarkup() throws IOException {
    String page = Files.readString(ROOT.resolve("index.html"));
    assertThat(page).doesNotContain("style=").doesNotContain("onclick").doesNotContain("<style");
    assertThat(Pattern.compile("<script(?![^>]*src=)").matcher(page).find()).isFalse();
    assertThat(Files.readString(ROOT.resolve("csp.txt"))).doesNotContain("unsafe");
    for (Path script : scripts()) {
      assertThat(Files.readString(script))
          .as(script.toString())
          .doesNotContain("innerHTML")
          .doesNotContain("insertAdjacentHTML")
          .doesNotContain("document.write");
    }
  }

  @Test
  void everyFileThatIsNamed_isThere() throws IOException {
    String page = Files.readString(ROOT.resolve("index.html"));
    Pattern named = Pattern.compile("(?:href|src)=\"/(assets/[^\"]+)\"");
    assertThat(named.matcher(page).results().map(found -> ROOT.resolve(found.group(1))))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(file).exists());
    for (Path script : scripts()) {
      Pattern imported = Pattern.compile("from '\\./([\\w.]+)'");
      assertThat(imported
              .matcher(Files.readString(script))
              .results()
              .map(found -> script.resolveSibling(found.group(1))))
          .allSatisfy(file -> assertThat(file).exists());
    }
  }

  private static Set<String> keys(String json) {
    return ENTRY
        .matcher(json)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> placeholders(String json, String key) {
    return ENTRY
        .matcher(json)
        .results()
        .filter(found -> found.group(1).equals(key))
        .flatMap(found -> PLACEHOLDER.matcher(found.group(2)).results().map(MatchResult::group))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("assets"))) {
      return files
          .filter(file -> file.toString().endsWith(".js"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
