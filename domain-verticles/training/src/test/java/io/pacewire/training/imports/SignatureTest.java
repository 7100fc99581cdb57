package io.pacewire.training.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.activity.ExportFormat;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SignatureTest {
  @Test
  void everyKindThatIsRead_isKnown() {
    for (ExportFormat format :
        new ExportFormat[] {ExportFormat.FIT, ExportFormat.GPX, ExportFormat.TCX}) {
      byte[] file = MadeFiles.run(format, MadeFiles.START_MS, 10);
      assertThat(Signature.isKnown(Buffer.buffer(file))).as("%s", format).isTrue();
      assertThat(Signature.isKnown(Buffer.buffer(MadeFiles.gzip(file)))).isTrue();
      assertThat(Signature.isKnown(Buffer.buffer(MadeFiles.zip(MadeFiles.files("a", file)))))
          .isTrue();
    }
    assertThat(known("\n  <gpx>")).isTrue();
    assertThat(known("\u00ef\u00bb\u00bf<?xml version=")).isTrue();
  }

  @Test
  void whatNoneOfThemBeginsWith_isNot() {
    assertThat(known("")).isFalse();
    assertThat(known("{}")).isFalse();
    assertThat(known("\u00ff\u00d8\u00ff\u00e0 a picture of it")).isFalse();
    assertThat(known("P")).isFalse();
    assertThat(known("12345678.FI")).isFalse();
  }

  private static boolean known(String text) {
    return Signature.isKnown(Buffer.buffer(text.getBytes(StandardCharsets.ISO_8859_1)));
  }
}
