package io.pacewire.activity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes: a value or the one exception, in bounded memory. */
class HostileFilesTest {
  private static final String GPX =
      "<?xml version=\"1.0\"?><gpx creator=\"x\"><trk><type>run</type><trkseg>"
          + "<trkpt lat=\"55.5\" lon=\"37.5\"><ele>150.5</ele><time>2026-01-01T10:00:00Z</time><extensions>"
          + "<a:hr xmlns:a=\"b\">140</a:hr></extensions></trkpt><!-- c --><trkpt lat=\"55.6\" lon=\"37.6\">"
          + "<time>2026-01-01T13:01:00+03:00</time></trkpt></trkseg></trk></gpx>";
  private static final String TCX =
      "<TrainingCenterDatabase><Activities><Activity Sport=\"Biking\">"
          + "<Lap StartTime=\"2026-01-01T10:00:00Z\"><TotalTimeSeconds>60</TotalTimeSeconds><Track><Trackpoint>"
          + "<Time>2026-01-01T10:00:00Z</Time><Position><LatitudeDegrees>1</LatitudeDegrees><LongitudeDegrees>2"
          + "</LongitudeDegrees></Position></Trackpoint></Track></Lap></Activity></Activities></TrainingCenterDatabase>";

  private static final class Counting implements ActivitySink {
    private long samples;

    @Override
    public void sample(ActivitySample sample) {
      samples++;
    }
  }

  static Stream<byte[]> seeds() throws IOException {
    return Stream.of(
        fit(), GPX.getBytes(UTF_8), TCX.getBytes(UTF_8), gzip(fit()), gzip(GPX.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void mutated_theyGiveAValueOrTheOneException(byte[] seed) {
    Random random = new Random(20_260_101);
    int read = 0;
    for (int round = 0; round < 1_500; round++) {
      read += isRead(mutated(seed, random)) ? 1 : 0;
    }
    assertThat(read).isPositive();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void cutAnywhere_theyGiveAValueOrTheOneException(byte[] seed) {
    for (int length = 0; length < seed.length; length++) {
      boolean unused = isRead(Arrays.copyOf(seed, length));
    }
  }

  @Test
  void noiseBehindAHeader_givesTheOneExceptionOrAValue() {
    Random random = new Random(7);
    for (int round = 0; round < 1_500; round++) {
      byte[] noise = new byte[400];
      random.nextBytes(noise);
      System.arraycopy(fit(), 0, noise, 0, 14 + random.nextInt(60));
      boolean unused = isRead(noise);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE gpx [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><gpx><trk><type>&b;</type></trk></gpx>",
        "<!DOCTYPE gpx [<!ENTITY f SYSTEM \"file:///etc/hostname\">]><gpx><trk><type>&f;</type></trk></gpx>",
        "<!DOCTYPE gpx SYSTEM \"http://127.0.0.1:1/x.dtd\"><gpx><trk/></gpx>",
        "<gpx><trk><type>&undefined;</type></trk></gpx>",
        "<gpx><trk>",
        "<gpx",
        "<html/>",
        "<",
        "hello",
        "",
        "   ",
        "PK\u0003\u0004",
        "<?xml version='1.0' encoding='EBCDIC-NONE'?><gpx><trk/></gpx>"
      })
  void whatIsNoActivity_isRefused_withTheReason(String content) {
    assertThatThrownBy(() -> Reading.one(content))
        .isInstanceOf(MalformedActivityException.class)
        .message()
        .isNotBlank();
  }

  /** Each pattern comes a million times after its beginning; none of them may be gathered in memory. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<gpx><trk>|<a>",
        "<gpx a='|>",
        "<gpx><!-->|<a>",
        "<gpx><!--|<a>-->?",
        "<gpx><?pi |<a>",
        "<gpx><![CDATA[|<a>",
        "<gpx><|n",
        "<gpx><trk b='1'|<deep>",
        "<gpx|   ",
        "|  ",
        "<gpx><trk>|text&#65;"
      })
  void whatNeverEnds_isRefusedBeforeItIsGathered(String pattern) throws IOException {
    String[] parts = pattern.split("\\|", -1);
    long limit = 40L << 20;
    Repeating endless = new Repeating(parts[0].getBytes(UTF_8), parts[1].getBytes(UTF_8), limit);

    assertThatThrownBy(() -> ActivityReader.read(endless, new Counting()))
        .isInstanceOf(MalformedActivityException.class);
    assertThat(endless.read).isLessThan(2L << 20);
  }

  @Test
  void everNewNames_areRefused() {
    StringBuilder content = new StringBuilder("<gpx><trk>");
    for (int i = 0; i < 5_000; i++) {
      content.append("<n").append(i).append("/>");
    }
    assertThatThrownBy(() -> Reading.one(content.toString()))
        .isInstanceOf(MalformedActivityException.class)
        .hasMessageContaining("names");
  }

  @Test
  void aLongFile_isReadInLittleMemory() throws IOException {
    String point = "<trkpt lat='55.5' lon='37.5'><time>2026-01-01T10:00:00Z</time></trkpt>\n";
    Repeating longFile =
        new Repeating("<gpx><trk><trkseg>".getBytes(UTF_8), point.getBytes(UTF_8), 12L << 20);
    Counting sink = new Counting();

    ActivityReader.read(
        new SequenceInputStream(Collections.enumeration(java.util.List.of(
            longFile, new ByteArrayInputStream("</trkseg></trk></gpx>".getBytes(UTF_8))))),
        sink);

    assertThat(sink.samples).isEqualTo((12L << 20) / point.length());
  }

  @Test
  void aGzipThatSwells_isRefusedAtItsLimit() throws IOException {
    byte[] packed = gzip(new byte[1 << 20]);
    InputStream in = new Unpacked(new ByteArrayInputStream(packed), 1 << 19);

    assertThatThrownBy(in::readAllBytes)
        .isInstanceOf(MalformedActivityException.class)
        .hasMessageContaining("more than");
  }

  @Test
  void moreThanTheBound_isRefused() {
    assertThatThrownBy(() -> RecordedActivity.readAll(new ByteArrayInputStream(fit()), 2))
        .isInstanceOf(MalformedActivityException.class)
        .hasMessageContaining("more than 2");
  }

  @Test
  void theStreamsOwnFailure_isPassedOn() {
    InputStream failing = new Failing();
    InputStream later = new SequenceInputStream(
        new ByteArrayInputStream(Arrays.copyOf(GPX.getBytes(UTF_8), 90)), failing);

    assertThatThrownBy(() -> ActivityReader.read(failing, new Counting()))
        .isInstanceOf(IOException.class)
        .hasMessage("disk");
    assertThatThrownBy(() -> ActivityReader.read(later, new Counting()))
        .isInstanceOf(IOException.class)
        .hasMessage("disk");
  }

  @Test
  void theSinksOwnFailure_isPassedOn() {
    ActivitySink failing = sample -> {
      throw new IllegalStateException("full");
    };
    for (byte[] content : new byte[][] {fit(), GPX.getBytes(UTF_8), TCX.getBytes(UTF_8)}) {
      assertThatThrownBy(() -> ActivityReader.read(new ByteArrayInputStream(content), failing))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("full");
    }
  }

  private static boolean isRead(byte[] content) {
    try {
      return !Reading.all(content).isEmpty();
    } catch (MalformedActivityException expected) {
      assertThat(expected.getMessage()).isNotBlank();
      return false;
    }
  }

  static byte[] mutated(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    for (int flips = 1 + random.nextInt(6); flips > 0; flips--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(3)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        default -> {
          int from = random.nextInt(bytes.length);
          int length = Math.min(random.nextInt(24), bytes.length - Math.max(at, from));
          System.arraycopy(bytes, from, bytes, at, length);
        }
      }
    }
    return bytes;
  }

  private static byte[] fit() {
    int[][] record = {
      {253, 4, FitBytes.UINT32},
      {0, 4, FitBytes.SINT32},
      {1, 4, FitBytes.SINT32},
      {3, 1, FitBytes.UINT8}
    };
    return FitBytes.activity()
        .define(0, 20, false, record)
        .define(1, 21, false, new int[][] {{253, 4, FitBytes.UINT32}, {0, 1, 0}, {1, 1, 0}})
        .define(2, 206, false, new int[][] {{0, 1, 2}, {1, 1, 2}, {2, 1, 2}, {15, 1, 2}})
        .write(2, 0, 1, FitBytes.UINT16, 7)
        .define(3, 20, true, record, new int[][] {{1, 2, 0}})
        .define(4, 78, false, new int[][] {{0, 6, FitBytes.UINT16}})
        .write(1, FitBytes.START, 0, 0)
        .write(0, FitBytes.START, 1 << 28, 1 << 27, 100)
        .writeCompressed(0, 3, FitBytes.START, 1 << 28, 1 << 27, 100)
        .write(3, FitBytes.START + 9, 1 << 28, 1 << 27, 100, 300)
        .raw(4, 1, 2, 3, 4, 5, 6)
        .write(1, FitBytes.START + 20, 0, 4)
        .file();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    }
    return packed.toByteArray();
  }

  private static final class Failing extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("disk");
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return read();
    }
  }

  /** A beginning, then one piece again and again. */
  private static final class Repeating extends InputStream {
    private final byte[] head;
    private final byte[] piece;
    private final long limit;
    private long read;

    Repeating(byte[] head, byte[] piece, long limit) {
      this.head = head;
      this.piece = piece;
      this.limit = head.length + limit / piece.length * piece.length;
    }

    @Override
    public int read() {
      if (read >= limit) {
        return -1;
      }
      int value = read < head.length
          ? head[(int) read]
          : piece[(int) ((read - head.length) % piece.length)];
      read++;
      return value & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      int count = 0;
      for (int value = 0; count < length; count++) {
        value = read();
        if (value < 0) {
          return count == 0 && length > 0 ? -1 : count;
        }
        into[offset + count] = (byte) value;
      }
      return count;
    }
  }
}
