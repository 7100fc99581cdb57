package io.pacewire.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files written once, read for ever. Each has its bytes ({@code .bin}), the same as hex for people
 * ({@code .hex}), and what they mean ({@code .txt}). None is ever changed or removed: a device may
 * still hold such bytes. A new one is added by naming it in {@link GoldenMessages} and running this
 * test once with {@code -Dpacewire.golden=write}, which writes files that are missing, no others.
 */
class GoldenFileTest {
  private static final Path SOURCES = Path.of("src/test/resources/golden");

  static Stream<String> names() {
    return GoldenMessages.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void meansWhatItMeantWhenItWasWritten(String name) throws IOException {
    byte[] bytes = bytes(name);
    assertThat(meaning(name).apply(bytes)).isEqualTo(text(name + ".txt"));
    assertThat(hex(bytes)).isEqualTo(text(name + ".hex"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void isStillWrittenAsItWas(String name) throws IOException {
    assertThat(hex(GoldenMessages.all().get(name))).isEqualTo(hex(bytes(name)));
  }

  @Test
  void everyFileIsNamed() throws IOException {
    for (String name : GoldenMessages.all().keySet()) {
      bytes(name);
    }
    try (Stream<Path> files = Files.list(SOURCES)) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(f -> f.endsWith(".bin")))
          .allMatch(file -> GoldenMessages.all().containsKey(file.replace(".bin", "")));
    }
  }

  private static Function<byte[], String> meaning(String name) {
    Map<String, Function<byte[], String>> byKind = Map.of(
        "batch", bytes -> BatchText.of(BatchCodec.decode(bytes)),
        "client", GoldenMessages::meaningOfClientFrame,
        "server", GoldenMessages::meaningOfServerFrame);
    return byKind.get(name.substring(0, name.indexOf('-')));
  }

  private static byte[] bytes(String name) throws IOException {
    if (GoldenFileTest.class.getResource("/golden/" + name + ".bin") == null) {
      byte[] written = GoldenMessages.all().get(name);
      assertThat(System.getProperty("pacewire.golden"))
          .as(
              "%s.bin is missing; see the comment on this class; it would be%n%s",
              name, hex(written))
          .isEqualTo("write");
      Files.createDirectories(SOURCES);
      Files.write(SOURCES.resolve(name + ".bin"), written);
      Files.writeString(SOURCES.resolve(name + ".hex"), hex(written));
      Files.writeString(SOURCES.resolve(name + ".txt"), meaning(name).apply(written));
    }
    return read(name + ".bin");
  }

  private static String text(String file) throws IOException {
    return new String(read(file), StandardCharsets.UTF_8);
  }

  private static byte[] read(String file) throws IOException {
    try (InputStream in = GoldenFileTest.class.getResourceAsStream("/golden/" + file)) {
      return in == null ? Files.readAllBytes(SOURCES.resolve(file)) : in.readAllBytes();
    }
  }

  private static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes.length; i++) {
      text.append(String.format(Locale.ROOT, "%02x", bytes[i]));
      text.append(i % 16 == 15 || i == bytes.length - 1 ? '\n' : ' ');
    }
    return text.toString();
  }
}
