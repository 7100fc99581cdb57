package io.pacewire.activity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ActivityReaderTest {
  private static final String GPX = """
      <?xml version="1.0"?>
      <gpx creator="Watch" xmlns="http://www.topografix.com/GPX/1/1"><trk><type>running</type>
      <trkseg><trkpt lat="55.5" lon="37.5"><ele>150.5</ele><time>2026-01-01T10:00:00Z</time>
      <extensions><x:hr xmlns:x="y">140</x:hr><x:cad xmlns:x="y">85</x:cad></extensions></trkpt></trkseg>
      <trkseg><trkpt lat="55.6" lon="37.6"><time>2026-01-01T13:01:00+03:00</time></trkpt></trkseg>
      </trk></gpx>
      """;

  private static final class Collected implements ActivitySink {
    final List<ActivitySample> samples = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    String sport = "";

    @Override
    public void sample(ActivitySample sample) {
      samples.add(sample);
    }

    @Override
    public void sport(String name) {
      sport = name;
    }

    @Override
    public void pause(long atEpochMs) {
      events.add("pause " + atEpochMs);
    }

    @Override
    public void resume(long atEpochMs) {
      events.add("resume " + atEpochMs);
    }

    @Override
    public void warning(String text) {
      events.add(text);
    }
  }

  @Test
  void gpx_isRead_andASegmentsEndIsAPause() throws IOException {
    Collected got = read(GPX.getBytes(UTF_8));
    assertThat(got.sport).isEqualTo("run");
    assertThat(got.samples).hasSize(2);
    assertThat(got.samples.get(0).heartRateBpm()).isEqualTo(140);
    assertThat(got.samples.get(0).altitudeM()).isEqualTo(150.5);
    assertThat(got.samples.get(1).atEpochMs() - got.samples.get(0).atEpochMs()).isEqualTo(60_000);
    assertThat(got.events).hasSize(2);
  }

  @Test
  void whatIsPacked_isUnpacked() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(GPX.getBytes(UTF_8));
    }
    assertThat(read(packed.toByteArray()).samples).hasSize(2);
  }

  @Test
  void tcx_isRead() throws IOException {
    String tcx = """
        <TrainingCenterDatabase><Activities><Activity Sport="Biking"><Lap StartTime="2026-01-01T10:00:00Z">
        <TotalTimeSeconds>60</TotalTimeSeconds><DistanceMeters>500</DistanceMeters>
        <Track><Trackpoint><Time>2026-01-01T10:00:00.000Z</Time><Position><LatitudeDegrees>1</LatitudeDegrees>
        <LongitudeDegrees>2</LongitudeDegrees></Position><HeartRateBpm><Value>120</Value></HeartRateBpm></Trackpoint></Track>
        <Track><Trackpoint><Time>2026-01-01T10:01:00Z</Time></Trackpoint></Track></Lap></Activity></Activities></TrainingCenterDatabase>
        """;
    Collected got = read(tcx.getBytes(UTF_8));
    assertThat(got.sport).isEqualTo("ride");
    assertThat(got.samples).hasSize(2);
    assertThat(got.samples.get(0).heartRateBpm()).isEqualTo(120);
    assertThat(got.samples.get(1).hasPosition()).isFalse();
    assertThat(got.events).hasSize(2);
  }

  @Test
  void fit_isRead_withBothByteOrders_compressedTimes_andAStoppedTimer() throws IOException {
    Collected got = read(fit());
    assertThat(got.sport).isEqualTo("run");
    assertThat(got.samples).hasSize(3);
    assertThat(got.samples.get(0).latitudeDeg()).isCloseTo(45, within(1e-6));
    assertThat(got.samples.get(0).heartRateBpm()).isEqualTo(150);
    assertThat(got.samples.get(0).altitudeM()).isCloseTo(100, within(1e-9));
    assertThat(got.samples.get(1).atEpochMs() - got.samples.get(0).atEpochMs()).isEqualTo(5_000);
    assertThat(got.samples.get(2).heartRateBpm()).isEqualTo(-1);
    assertThat(got.events).hasSize(2);
  }

  @Test
  void whatIsNoActivity_isSaidToBeNone() {
    assertThatThrownBy(() -> read("hello".getBytes(UTF_8)))
        .isInstanceOf(MalformedActivityException.class);
    String bomb = "<!DOCTYPE gpx [<!ENTITY a \"aaaa\">]><gpx><trk><type>&a;</type></trk></gpx>";
    assertThatThrownBy(() -> read(bomb.getBytes(UTF_8)))
        .isInstanceOf(MalformedActivityException.class);
  }

  @Test
  void mutatedFiles_giveAValueOrTheOneException() throws IOException {
    Random random = new Random(7);
    byte[][] seeds = {GPX.getBytes(UTF_8), fit()};
    for (int round = 0; round < 5_000; round++) {
      byte[] bytes = seeds[round % 2].clone();
      for (int flips = 1 + random.nextInt(5); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      byte[] cut = java.util.Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
      try {
        assertThat(read(random.nextBoolean() ? bytes : cut).samples.size()).isLessThan(100);
      } catch (MalformedActivityException expected) {
        assertThat(expected.getMessage()).isNotBlank();
      } catch (IOException packed) {
        assertThat(packed).isInstanceOf(java.util.zip.ZipException.class);
      }
    }
  }

  /** Every recording at hand, against the positions another decoder read out of it. */
  @Test
  void realRecordings_areReadAsAnotherDecoderDoes() throws IOException {
    String named = System.getenv("PACEWIRE_DATA");
    Path data = Path.of(named == null ? "../../shared/data" : named);
    assumeTrue(
        Files.isDirectory(data.resolve("tracks")),
        "SKIPPED: no recordings at " + data.toAbsolutePath() + " (set PACEWIRE_DATA)");
    List<Path> files;
    try (Stream<Path> found = Files.list(data.resolve("activities"))) {
      files = found.filter(file -> !file.toString().endsWith(".csv")).sorted().toList();
    }
    for (Path file : files) {
      Collected got = read(Files.readAllBytes(file));
      List<double[]> expected = expected(data.resolve("tracks/" + file.getFileName() + ".csv.gz"));
      List<ActivitySample> positions =
          got.samples.stream().filter(ActivitySample::hasPosition).toList();
      assertThat(positions).as(file.toString()).hasSize(expected.size());
      for (int i = 0; i < expected.size(); i++) {
        assertThat(positions.get(i).latitudeDeg())
            .as("%s %d", file, i)
            .isCloseTo(expected.get(i)[1], within(1e-6));
        assertThat(positions.get(i).longitudeDeg()).isCloseTo(expected.get(i)[2], within(1e-6));
      }
    }
  }

  private static List<double[]> expected(Path csv) throws IOException {
    List<double[]> rows = new ArrayList<>();
    try (BufferedReader in = new BufferedReader(
        new InputStreamReader(new GZIPInputStream(Files.newInputStream(csv)), UTF_8))) {
      in.readLine();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] cells = line.split(",", -1);
        if (!cells[1].isEmpty()) {
          rows.add(new double[] {
            Double.parseDouble(cells[0]), Double.parseDouble(cells[1]), Double.parseDouble(cells[2])
          });
        }
      }
    }
    return rows;
  }

  private static Collected read(byte[] bytes) throws IOException {
    Collected sink = new Collected();
    ActivityReader.read(new ByteArrayInputStream(bytes), sink);
    return sink;
  }

  /** A session, records in both byte orders and with a compressed time, and a stop and go. */
  private static byte[] fit() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int start = 1_000_000_000;
    define(body, 0, false, 20, new int[][] {
      {253, 4, 0x86}, {0, 4, 0x85}, {1, 4, 0x85}, {3, 1, 0x02}, {2, 2, 0x84}
    });
    body.write(0);
    number(body, start, 4, false);
    number(body, 1 << 29, 4, false);
    number(body, 1 << 28, 4, false);
    number(body, 150, 1, false);
    number(body, 3_000, 2, false);
    define(body, 1, true, 20, new int[][] {{0, 4, 0x85}, {1, 4, 0x85}, {3, 1, 0x02}});
    body.write(0x80 | (1 << 5) | ((start + 5) & 0x1F));
    number(body, 1 << 29, 4, true);
    number(body, 1 << 28, 4, true);
    number(body, 151, 1, true);
    define(body, 2, false, 21, new int[][] {{253, 4, 0x86}, {0, 1, 0x00}, {1, 1, 0x00}});
    for (int[] event : new int[][] {{start + 6, 4}, {start + 60, 0}}) {
      body.write(2);
      number(body, event[0], 4, false);
      body.write(0);
      body.write(event[1]);
    }
    body.write(0);
    number(body, start + 61, 4, false);
    number(body, 1 << 29, 4, false);
    number(body, 1 << 28, 4, false);
    number(body, 255, 1, false);
    number(body, 0xFFFF, 2, false);
    define(body, 3, false, 18, new int[][] {{253, 4, 0x86}, {5, 1, 0x00}, {6, 1, 0x00}});
    body.write(3);
    number(body, start + 61, 4, false);
    body.write(1);
    body.write(0);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(12);
    file.write(0x20);
    number(file, 2_100, 2, false);
    number(file, body.size(), 4, false);
    file.writeBytes(".FIT".getBytes(UTF_8));
    file.writeBytes(body.toByteArray());
    number(file, 0, 2, false);
    return file.toByteArray();
  }

  private static void define(
      ByteArrayOutputStream out, int local, boolean big, int global, int[][] fields) {
    out.write(0x40 | local);
    out.write(0);
    out.write(big ? 1 : 0);
    number(out, global, 2, big);
    out.write(fields.length);
    for (int[] field : fields) {
      for (int part : field) {
        out.write(part);
      }
    }
  }

  private static void number(ByteArrayOutputStream out, long value, int bytes, boolean big) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >>> (8 * (big ? bytes - 1 - i : i))));
    }
  }
}
