package io.pacewire.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What can be known of the console without a browser. */
class ConsoleFilesTest {
  private static final Path ROOT = Path.of("src/main/resources/io/pacewire/console");
  private static final Path ASSETS = ROOT.resolve("assets");
  private static final Path VENDOR = ASSETS.resolve("vendor");
  private static final Pattern ENTRY =
      Pattern.compile("\"([\\w.-]+)\":\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\w+}");
  private static final Pattern PLURAL = Pattern.compile("(.+)\\.(one|few|many|other)");
  private static final Pattern ASKED = Pattern.compile("\\bt\\('([\\w.-]+)'");
  private static final Pattern COUNTED = Pattern.compile("\\bcount\\('([\\w.]+)'");
  private static final Pattern IMPORTED = Pattern.compile("(?:from|import) ?\\(?'(\\.[^']+)'");

  private static final Pattern STATIC_IMPORT =
      Pattern.compile("^import [^(]*?'(\\.[^']+)'", Pattern.MULTILINE);

  private final Map<String, String> english = texts("en");
  private final Map<String, String> russian = texts("ru");

  @Test
  void bothLanguages_sayTheSameThings_inTheFormsThatEachWants() {
    assertThat(plain(russian).keySet()).isEqualTo(plain(english).keySet());
    plain(english)
        .forEach((key, text) ->
            assertThat(placeholders(russian.get(key))).as(key).isEqualTo(placeholders(text)));
    assertThat(plurals(russian).keySet()).isEqualTo(plurals(english).keySet()).isNotEmpty();
    assertThat(plurals(english).values())
        .allSatisfy(forms -> assertThat(forms).containsExactly("one", "other"));
    assertThat(plurals(russian).values())
        .allSatisfy(forms -> assertThat(forms).containsExactly("few", "many", "one", "other"));
  }

  @Test
  void everyTextThatTheScriptsAskFor_isThere() throws IOException {
    for (Path script : scripts()) {
      String text = Files.readString(script);
      assertThat(found(ASKED, text).filter(key -> !key.endsWith(".")))
          .as(script.toString())
          .allSatisfy(key -> assertThat(english).containsKey(key));
      assertThat(found(COUNTED, text))
          .as(script.toString())
          .allSatisfy(key -> assertThat(english).containsKey(key + ".other"));
    }
  }

  @Test
  void everyReasonOfTheCheck_hasAText() {
    for (String reason : List.of(
        "AHEAD_OF_TIME",
        "DUPLICATE",
        "OUT_OF_ORDER",
        "IMPOSSIBLE_POSITION",
        "INACCURATE",
        "TOO_FAST",
        "OFF_TRACK",
        "JUMP",
        "GAP_BRIDGED",
        "GAP_NOT_BRIDGED",
        "TRACK_MOVED",
        "STANDING_STILL",
        "INDOORS",
        "PAUSE_DETECTED")) {
      assertThat(english).containsKey("seen." + reason);
    }
  }

  @Test
  void everyReasonToDoubtATraining_hasAText() {
    for (String reason : List.of(
        "VEHICLE_SPEED",
        "TELEPORT.other",
        "CONSTANT_ACCURACY",
        "REPLAYED_TRACK",
        "HEART_RATE_WITHOUT_MOTION",
        "MOTION_WITHOUT_STEPS")) {
      assertThat(english).containsKey("odd." + reason);
      if (!reason.startsWith("TELEPORT")) { // any is one too many
        assertThat(english.get("odd." + reason)).contains("{n}", "{limit}");
      }
    }
  }

  @Test
  void nothingIsInline_butTheImportMap_whoseHashThePolicyNames() throws Exception {
    String page = Files.readString(ROOT.resolve("index.html"));
    assertThat(page).doesNotContain("style=").doesNotContain("onclick").doesNotContain("<style");
    Matcher inline = Pattern.compile("<script(?![^>]*src=)([^>]*)>(.*?)</script>", Pattern.DOTALL)
        .matcher(page);
    assertThat(inline.find()).isTrue();
    assertThat(inline.group(1).strip()).isEqualTo("type=\"importmap\"");
    String hash = Base64.getEncoder().encodeToString(sha256(inline.group(2).getBytes(UTF_8)));
    assertThat(inline.find()).isFalse();
    assertThat(Files.readString(ROOT.resolve("csp.txt")))
        .contains("'sha256-" + hash + "'")
        .doesNotContain("unsafe");
  }

  @Test
  void nothingBecomesMarkup() throws IOException {
    for (Path script : scripts()) {
      assertThat(Files.readString(script))
          .as(script.toString())
          .doesNotContain("innerHTML")
          .doesNotContain("insertAdjacentHTML")
          .doesNotContain("unsafeHTML")
          .doesNotContain("document.write");
    }
  }

  @Test
  void everyFileThatIsNamed_isThere() throws IOException {
    String page = Files.readString(ROOT.resolve("index.html"));
    assertThat(found(Pattern.compile("\"/(assets/[^\"]+)\""), page))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(ROOT.resolve(name)).exists());
    for (Path script : scripts()) {
      assertThat(found(IMPORTED, Files.readString(script)))
          .allSatisfy(name -> assertThat(script.resolveSibling(name)).exists());
    }
  }

  @Test
  void everyDrawing_isThere() throws IOException {
    String drawings = Files.readString(ASSETS.resolve("components/icons.js"));
    Pattern drawn =
        Pattern.compile("\\bicon(?:\\(|: )(?:[^'()]*\\? )?'([\\w-]+)'(?: : '([\\w-]+)')?");
    for (Path script : scripts()) {
      for (MatchResult one : drawn.matcher(Files.readString(script)).results().toList()) {
        assertThat(drawings).as(script.toString()).contains(one.group(1));
        if (one.group(2) != null) {
          assertThat(drawings).as(script.toString()).contains(one.group(2));
        }
      }
    }
  }

  @Test
  void librariesAreWhatTheirPackagesShip_andEachHasItsLicence() throws Exception {
    String table = Files.readString(VENDOR.resolve("vendor.json"));
    Map<String, String> hashes = new HashMap<>();
    Pattern file = Pattern.compile("\"([^\"]+)\":\\s*\"([0-9a-f]{64})\"");
    file.matcher(table).results().forEach(one -> hashes.put(one.group(1), one.group(2)));
    Set<String> there;
    try (Stream<Path> files = Files.walk(VENDOR)) {
      there = files
          .filter(Files::isRegularFile)
          .map(one -> VENDOR.relativize(one).toString())
          .filter(name -> !name.startsWith("LICENSE") && !name.equals("vendor.json"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
    there.add("../components/icons.js");
    assertThat(hashes.keySet()).containsExactlyInAnyOrderElementsOf(there);
    for (Map.Entry<String, String> one : hashes.entrySet()) {
      byte[] bytes = Files.readAllBytes(VENDOR.resolve(one.getKey()));
      assertThat(HexFormat.of().formatHex(sha256(bytes)))
          .as(one.getKey())
          .isEqualTo(one.getValue());
    }
    assertThat(found(Pattern.compile("\"licenceFile\": \"([^\"]+)\""), table))
        .allSatisfy(name -> assertThat(VENDOR.resolve(name)).isNotEmptyFile());
  }

  /** Bytes as they travel, gzip; the limits are the console's own budget. */
  @Test
  void pagesStayWithinTheirBudget() throws IOException {
    long charts =
        packed(VENDOR.resolve("leaflet.js")) + packed(VENDOR.resolve("uPlot.iife.min.js"));
    for (Path page : scripts()) {
      if (page.getParent().endsWith("pages")) {
        Set<Path> loaded = new TreeSet<>();
        load(ASSETS.resolve("main.js"), loaded);
        load(page, loaded);
        boolean drawn = loaded.contains(ASSETS.resolve("components/map.js"));
        long bytes = packed(VENDOR.resolve("lit")) + (drawn ? charts : 0);
        for (Path script : loaded) {
          bytes += packed(script);
        }
        assertThat(bytes).as(page.toString()).isLessThan(drawn ? 110_000 : 40_000);
      }
    }
    long styles = packed(ASSETS.resolve("console.css"))
        + packed(VENDOR.resolve("leaflet.css"))
        + packed(VENDOR.resolve("uPlot.min.css"));
    assertThat(styles).as("styles").isLessThan(12_000);
    long fonts = Files.size(VENDOR.resolve("inter-latin-wght-normal.woff2"))
        + Files.size(VENDOR.resolve("inter-cyrillic-wght-normal.woff2"));
    assertThat(fonts).as("fonts, both scripts").isLessThan(68_000);
  }

  private static Map<String, String> texts(String language) {
    try {
      String json = Files.readString(ASSETS.resolve("i18n/" + language + ".json"));
      Map<String, String> texts = new TreeMap<>();
      ENTRY.matcher(json).results().forEach(one -> texts.put(one.group(1), one.group(2)));
      return texts;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Map<String, String> plain(Map<String, String> texts) {
    Map<String, String> plain = new TreeMap<>(texts);
    plain.keySet().removeIf(key -> isPlural(texts, key));
    return plain;
  }

  private static Map<String, Set<String>> plurals(Map<String, String> texts) {
    Map<String, Set<String>> forms = new TreeMap<>();
    for (String key : texts.keySet()) {
      Matcher plural = PLURAL.matcher(key);
      if (isPlural(texts, key) && plural.matches()) {
        forms.computeIfAbsent(plural.group(1), one -> new TreeSet<>()).add(plural.group(2));
      }
    }
    return forms;
  }

  private static boolean isPlural(Map<String, String> texts, String key) {
    Matcher plural = PLURAL.matcher(key);
    return plural.matches() && texts.containsKey(plural.group(1) + ".one");
  }

  private static Set<String> placeholders(String text) {
    return PLACEHOLDER
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(one -> one.group(1));
  }

  private static Set<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.walk(ASSETS)) {
      return files
          .filter(file -> file.toString().endsWith(".js") && !file.startsWith(VENDOR))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** What a script imports before anything of it runs. */
  private static void load(Path script, Set<Path> into) throws IOException {
    if (into.add(script)) {
      for (String name : found(STATIC_IMPORT, Files.readString(script)).toList()) {
        load(script.resolveSibling(name).normalize(), into);
      }
    }
  }

  private static long packed(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      long sum = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
          gzip.write(Files.readAllBytes(file));
        }
        sum += out.size();
      }
      return sum;
    }
  }

  private static byte[] sha256(byte[] bytes) throws java.security.NoSuchAlgorithmException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }
}
