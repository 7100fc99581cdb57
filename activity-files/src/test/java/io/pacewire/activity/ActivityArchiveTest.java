package io.pacewire.activity;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pacewire.activity.ArchiveSink.Fault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActivityArchiveTest {
  private static final long START = Instant.parse("2026-01-01T10:00:00Z").toEpochMilli();
  private static final int FLAGS = 6;
  private static final int METHOD = 8;
  private static final int HEADER = 30;

  /** What was told, in words. */
  private static class Told implements ArchiveSink {
    private final List<String> files = new ArrayList<>();
    private final List<ArchiveDescription> described = new ArrayList<>();
    private final Tape tape = new Tape();

    @Override
    public ActivitySink open(ArchiveFile file) {
      return tape;
    }

    @Override
    public void read(ArchiveFile file, int activities) {
      files.add(file.name() + " " + activities);
    }

    @Override
    public void fault(ArchiveFile file, Fault fault, String text) {
      assertThat(text).isNotBlank();
      files.add(file.name() + " " + fault);
    }

    @Override
    public void described(ArchiveDescription description) {
      described.add(description);
    }
  }

  @Test
  void aStravaExport_isReadFileByFile() throws IOException {
    byte[] zip = zip(
        "activities.csv",
        """
            Kennung,Datum,Name,Art,Beschreibung,Dateiname
            1,"Jan 1, 2026","A ""quiet""
            run",Run,,activities/1.fit.gz
            2,x,Manual,Ride,,
            3,x,Bike,Mountain Bike Ride,"a,b",activities/2.gpx""".getBytes(UTF_8),
        "activities/1.fit.gz",
        gzip(activity(ExportFormat.FIT)),
        "activities/2.gpx",
        activity(ExportFormat.GPX),
        "activities/3.tcx.gz",
        gzip(activity(ExportFormat.TCX)),
        "media/a.jpg",
        new byte[5_000],
        "broken.gpx",
        "<gpx><trk>".getBytes(UTF_8),
        "activities/waypoints.gpx",
        "<gpx><wpt lat='1' lon='2'/></gpx>".getBytes(UTF_8),
        "activities/4.fit",
        activity(ExportFormat.FIT));
    Told told = new Told();

    ArchiveReport report = read(zip, ArchiveLimits.DEFAULT, told);

    assertThat(told.files)
        .containsExactly(
            "activities/1.fit.gz 1",
            "activities/2.gpx 1",
            "activities/3.tcx.gz 1",
            "broken.gpx MALFORMED",
            "activities/waypoints.gpx 0",
            "activities/4.fit 1");
    assertThat(told.described)
        .containsExactly(
            new ArchiveDescription("activities/1.fit.gz", "A \"quiet\"\nrun", "run", "Run"),
            new ArchiveDescription("activities/2.gpx", "Bike", "mtb", "Mountain Bike Ride"));
    assertThat(report).isEqualTo(new ArchiveReport(8, 4, 1, 3, ""));
    assertThat(told.tape.samples).hasSize(4 * 30);
  }

  /** No entry has such a name; who keeps them by it would keep 16,384 characters a row. */
  @Test
  void aRowOfATable_whoseFileHasALongerNameThanAnyEntry_isPassedOver() throws IOException {
    String longest = "activities/" + "x".repeat(512 - "activities/".length());
    byte[] table = "1,x,Name,Run,,%s\n2,x,Name,Run,,%sx\n3,x,Name,Run,,activities/1.fit"
        .formatted(longest, longest)
        .getBytes(UTF_8);
    Told told = new Told();

    ArchiveReport report = read(zip("activities.csv", table), ArchiveLimits.DEFAULT, told);

    assertThat(told.described)
        .extracting(ArchiveDescription::fileName)
        .containsExactly(longest, "activities/1.fit");
    assertThat(report.skipped()).isEqualTo(1);
  }

  @Test
  void archivesWithinAnArchive_areRead_oneDeep() throws IOException {
    byte[] inner = zip("1.fit", activity(ExportFormat.FIT), "x.zip", zip("2.fit", new byte[9]));
    Told told = new Told();

    ArchiveReport report = read(
        zip("Part1.zip", inner, "z.fit", activity(ExportFormat.FIT)), ArchiveLimits.DEFAULT, told);

    assertThat(told.files)
        .containsExactly("Part1.zip!/1.fit 1", "Part1.zip!/x.zip NESTED_TOO_DEEP", "z.fit 1");
    assertThat(report.endedEarly()).isEmpty();
  }

  /** Windows' compressed folders write the code page of DOS, others UTF-8 without saying so. */
  @Test
  void namesAreRead_inWhateverTheyAreWritten() throws IOException {
    byte[] fit = activity(ExportFormat.FIT);
    String[] names = {"Lauf \u00E4.fit", "Lauf \u00F6.fit", "Lauf \u00FC.fit"};
    for (byte[] zip : List.of(
        named(Charset.forName("IBM437"), false, fit, names),
        named(UTF_8, false, fit, names),
        stored(true, names[0], fit, names[1], fit, names[2], fit),
        named(Charset.forName("IBM866"), true, fit, names))) {
      Told told = new Told();
      read(zip, ArchiveLimits.DEFAULT, told);
      assertThat(told.files).containsExactly(names[0] + " 1", names[1] + " 1", names[2] + " 1");
    }
    Told told = new Told();
    read(
        named(
            Charset.forName("IBM866"),
            false,
            fit,
            "\u0431\u0435\u0433.fit",
            "\u0433\u043E\u0434.fit"),
        ArchiveLimits.DEFAULT,
        told);
    assertThat(told.files)
        .as("another code page: read, whatever they are called")
        .hasSize(2);
    assertThat(told.files).allMatch(file -> file.endsWith(" 1"));
  }

  /** With a Unicode field of its name, or without. */
  private static byte[] named(Charset charset, boolean unicode, byte[] content, String... names)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out, charset)) {
      for (String name : names) {
        ZipEntry entry = new ZipEntry(unicode ? "\u0434" + name.codePointAt(5) + ".fit" : name);
        if (unicode) {
          entry.setExtra(unicodePath(entry.getName().getBytes(charset), name));
        }
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  private static byte[] unicodePath(byte[] name, String path) {
    byte[] text = path.getBytes(UTF_8);
    CRC32 crc = new CRC32();
    crc.update(name);
    ByteArrayOutputStream extra = new ByteArrayOutputStream();
    number(extra, 0x7075, 2);
    number(extra, 5 + text.length, 2);
    number(extra, 1, 1);
    number(extra, crc.getValue(), 4);
    extra.writeBytes(text);
    return extra.toByteArray();
  }

  @Test
  void aFileAlone_isRead_gzippedOrNot() throws IOException {
    for (byte[] content : List.of(activity(ExportFormat.TCX), gzip(activity(ExportFormat.FIT)))) {
      Told told = new Told();
      assertThat(ActivityArchive.read(
              new ByteArrayInputStream(content), "a\u0000b", ArchiveLimits.DEFAULT, told))
          .isEqualTo(new ArchiveReport(1, 1, 0, 0, ""));
      assertThat(told.files).containsExactly("a b 1");
    }
  }

  @Test
  void textOfTwoBytesALetter_isKnownByItsContent_whateverItsName() throws IOException {
    String gpx = new String(activity(ExportFormat.GPX), UTF_8).replace("UTF-8", "UTF-16");
    for (Charset charset : List.of(UTF_16LE, UTF_16BE)) {
      for (String mark : List.of("", "\uFEFF")) {
        Told told = new Told();
        assertThat(ActivityArchive.read(
                new ByteArrayInputStream((mark + gpx).getBytes(charset)),
                "upload",
                ArchiveLimits.DEFAULT,
                told))
            .as("%s with mark '%s'", charset, mark)
            .isEqualTo(new ArchiveReport(1, 1, 0, 0, ""));
        assertThat(told.files).containsExactly("upload 1");
      }
    }
    Told told = new Told();
    assertThat(ActivityArchive.read(
            new ByteArrayInputStream("<html/>".getBytes(UTF_16LE)),
            "upload",
            ArchiveLimits.DEFAULT,
            told))
        .isEqualTo(new ArchiveReport(1, 0, 0, 1, ""));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void encryptedOrUnknown_isThatFilesFault_andARepeatedNameIsNone(boolean stored)
      throws IOException {
    byte[] fit = activity(ExportFormat.FIT);
    byte[] zip =
        stored(stored, "a.fit", fit, "b.fit", fit, "c.fit", fit, "c.fit", fit, "d.fit", fit);
    zip[at(zip, "a.fit") + FLAGS] |= 1;
    zip[at(zip, "b.fit") + METHOD] = 12; // bzip2
    Told told = new Told();

    ArchiveReport report = read(zip, ArchiveLimits.DEFAULT, told);

    assertThat(told.files)
        .containsExactly(
            "a.fit ENCRYPTED", "b.fit UNKNOWN_METHOD", "c.fit 1", "c.fit 1", "d.fit 1");
    assertThat(report.endedEarly()).isEmpty();
  }

  /** Java's writer packs them as it packs files: two bytes of deflate that hold nothing. */
  @Test
  void foldersOfWhichTheLengthStandsBehindThem_areRead_andWhatIsInThem() throws IOException {
    byte[] fit = activity(ExportFormat.FIT);
    byte[] nothing = new byte[0];
    Told told = new Told();
    assertThat(read(
            zip(
                "a.fit",
                fit,
                "dir/",
                nothing,
                "dir/b.fit",
                fit,
                "dir/c.txt",
                nothing,
                "d.fit",
                fit),
            ArchiveLimits.DEFAULT,
            told))
        .isEqualTo(new ArchiveReport(4, 3, 0, 1, ""));
    assertThat(told.files).containsExactly("a.fit 1", "dir/b.fit 1", "d.fit 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dir/", "dir/empty.txt"})
  void whatIsStoredEmpty_withItsLengthBehindIt_endsWhereItBegins(String name) throws IOException {
    byte[] fit = activity(ExportFormat.FIT);
    for (int behind : new int[] {3, 70_000}) { // within what is read at once, and not
      byte[] before = stored(true, "a.jpg", new byte[behind]);
      byte[] empty = stored(true, name, new byte[0]);
      empty[FLAGS] |= 8;
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.write(before, 0, before.length - 4);
      all.write(empty, 0, empty.length - 4);
      number(all, 0x0807_4B50, 4);
      all.writeBytes(new byte[12]);
      all.writeBytes(stored(true, "b.fit", fit));
      Told told = new Told();

      ArchiveReport report = ActivityArchive.read(
          new Trickle(all.toByteArray()), "alone", ArchiveLimits.DEFAULT, told);

      assertThat(report.endedEarly()).isEmpty();
      assertThat(report.faults()).isZero();
      assertThat(told.files).containsExactly("b.fit 1");
    }
  }

  /** A few bytes at a time, as a connection gives them. */
  private static final class Trickle extends ByteArrayInputStream {
    Trickle(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
      return super.read(into, offset, Math.min(length, 7));
    }

    @Override
    public synchronized int available() {
      return 0;
    }
  }

  @Test
  void aFolderThatHoldsAFile_isNoWayRoundTheLimits() throws IOException {
    byte[] fit = activity(ExportFormat.FIT);
    ArchiveReport report = read(
        zip("a.fit", fit, "dir/", new byte[4 << 20], "b.fit", fit),
        new ArchiveLimits(10, 1 << 20, 1 << 30, 1_000),
        new Told());
    assertThat(report.read()).isEqualTo(1);
    assertThat(report.endedEarly()).contains("behind dir/", "unknown");
  }

  @Test
  void lyingLengthsAndSums_areThatFilesFault_whereTheNextCanBeFound() throws IOException {
    byte[] fit = activity(ExportFormat.FIT);
    byte[] zip = stored(false, "a.fit", fit, "b.fit", fit, "c.fit", fit);
    zip[at(zip, "a.fit") + 14] ^= 1; // sum
    zip[at(zip, "b.fit") + 22] ^= 1; // unpacked length
    Told told = new Told();

    assertThat(read(zip, ArchiveLimits.DEFAULT, told).endedEarly()).isEmpty();
    assertThat(told.files).containsExactly("a.fit DAMAGED", "b.fit DAMAGED", "c.fit 1");
  }

  @Test
  void lengthsOfEightBytes_areKnown_andBelowZeroTheyAreThatFilesFault() throws IOException {
    byte[] fit = activity(ExportFormat.FIT);
    assertThat(filesOf(wide(fit, fit.length, fit.length), ArchiveLimits.DEFAULT))
        .containsExactly("a.fit 1", "b.fit 1", "c.fit 1");
    assertThat(filesOf(wide(fit, fit.length, Long.MIN_VALUE), ArchiveLimits.DEFAULT))
        .as("where the next one begins is known")
        .containsExactly("a.fit 1", "b.fit DAMAGED", "c.fit 1");
    for (long packed : new long[] {-1, -5, Long.MIN_VALUE}) {
      Told told = new Told();
      ArchiveReport report = read(wide(fit, packed, fit.length), ArchiveLimits.DEFAULT, told);
      assertThat(told.files).containsExactly("a.fit 1", "b.fit DAMAGED");
      assertThat(report.endedEarly()).contains("behind b.fit", "unknown");
    }
  }

  @Test
  void whateverIsThrownOfOneFile_isThatFilesFault_butNotWhatTheSinkOfAllThrows()
      throws IOException {
    byte[] zip = zip("a.fit", activity(ExportFormat.FIT), "b.gpx", activity(ExportFormat.GPX));
    Told told = new Told() {
      @Override
      public ActivitySink open(ArchiveFile file) {
        if (file.index() > 0) {
          return super.open(file);
        }
        return sample -> {
          throw new ArithmeticException("no reader is without faults");
        };
      }
    };
    assertThat(read(zip, ArchiveLimits.DEFAULT, told).endedEarly()).isEmpty();
    assertThat(told.files).containsExactly("a.fit DAMAGED", "b.gpx 1");
    Told unwilling = new Told() {
      @Override
      public void read(ArchiveFile file, int activities) {
        throw new IllegalStateException("nobody wants it");
      }
    };
    assertThatThrownBy(() -> read(zip, ArchiveLimits.DEFAULT, unwilling))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("nobody wants it");
  }

  @Test
  void damagedBytes_areThatFilesFault_orEndTheArchiveWithAReason() throws IOException {
    byte[] fit = activity(ExportFormat.FIT);
    byte[] known = stored(false, "a.fit", fit, "b.fit", fit);
    known[at(known, "a.fit") + 35] = (byte) 0xFF;
    Told told = new Told();
    assertThat(read(known, ArchiveLimits.DEFAULT, told).endedEarly()).isEmpty();
    assertThat(told.files).containsExactly("a.fit DAMAGED", "b.fit 1");

    byte[] unknown = zip("a.fit", fit, "b.fit", fit);
    unknown[at(unknown, "a.fit") + 35] = (byte) 0xFF;
    Told second = new Told();
    assertThat(read(unknown, ArchiveLimits.DEFAULT, second).endedEarly()).contains("unknown");
    assertThat(second.files).containsExactly("a.fit DAMAGED");
  }

  @Test
  void aBomb_isRefused_andTheOthersAreRead() throws IOException {
    byte[] spaces = new byte[8 << 20];
    Arrays.fill(spaces, (byte) ' ');
    System.arraycopy("<gpx>".getBytes(UTF_8), 0, spaces, 0, 5);
    for (byte[] bomb : List.of(spaces, gzip(spaces))) {
      String name = bomb == spaces ? "a.gpx" : "a.gpx.gz";
      byte[] zip = stored(false, name, bomb, "b.fit", activity(ExportFormat.FIT));
      Told told = new Told();
      ArchiveReport report = read(zip, new ArchiveLimits(10, 1 << 20, 1 << 30, 1_000), told);
      // A gpx of blanks alone is refused by its reader first.
      assertThat(told.files).hasSize(2).endsWith("b.fit 1");
      assertThat(told.files.get(0)).containsAnyOf("TOO_LARGE", "MALFORMED");
      assertThat(report.endedEarly()).isEmpty();
    }
  }

  @Test
  void eachLimit_isKept() throws IOException {
    byte[] points = manyPoints();
    byte[] zip = stored(false, "a.gpx", points, "b.gpx", points);

    assertThat(filesOf(zip, new ArchiveLimits(10, 2L << 20, 1 << 30, 1_000)))
        .containsExactly("a.gpx TOO_LARGE", "b.gpx TOO_LARGE");
    assertThat(filesOf(zip, new ArchiveLimits(10, 1 << 30, 1 << 30, 20)))
        .containsExactly("a.gpx TOO_LARGE", "b.gpx TOO_LARGE");
    assertThat(filesOf(zip, new ArchiveLimits(10, 1 << 30, 3L << 20, 1_000)))
        .containsExactly("a.gpx 1", "b.gpx TOO_LARGE");
    assertThat(filesOf(zip, new ArchiveLimits(1, 1 << 30, 1 << 30, 1_000)))
        .containsExactly("a.gpx 1");
    assertThat(filesOf(zip, new ArchiveLimits(10, 1 << 30, 1 << 30, 1_000)))
        .containsExactly("a.gpx 1", "b.gpx 1");
  }

  static Stream<byte[]> archives() throws IOException {
    byte[] fit = activity(ExportFormat.FIT);
    byte[] gpx = gzip(activity(ExportFormat.GPX));
    return Stream.of(
        zip("d/", new byte[0], "d/a.fit", fit, "e/", new byte[0], "e/b.gpx.gz", gpx),
        zip("a.fit", fit, "i.zip", zip("b.gpx.gz", gpx)),
        stored(true, "a.fit", fit, "b.gpx.gz", gpx),
        stored(false, "a.gpx.gz", gpx, "b.fit", fit),
        wide(fit, fit.length, fit.length));
  }

  @ParameterizedTest
  @MethodSource("archives")
  void cutOrMutatedAnywhere_itIsTold_andNothingElseIsThrown(byte[] zip) throws IOException {
    for (int length = 0; length < zip.length; length += 3) {
      ArchiveReport report = read(Arrays.copyOf(zip, length), ArchiveLimits.DEFAULT, new Told());
      assertThat(report.read()).isLessThanOrEqualTo(3);
    }
    Random random = new Random(5);
    for (int round = 0; round < 1_500; round++) {
      byte[] mutated = HostileFilesTest.mutated(zip, random);
      assertThat(read(mutated, ArchiveLimits.DEFAULT, new Told()).entries()).isNotNegative();
    }
  }

  @Test
  void theStreamsOwnFailure_isPassedOn() throws IOException {
    byte[] zip = zip("a.gpx", manyPoints(), "b.fit", activity(ExportFormat.FIT));
    InputStream failing = new SequenceInputStream(
        new ByteArrayInputStream(Arrays.copyOf(zip, zip.length / 2)), new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection");
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return read();
          }
        });
    assertThatThrownBy(() -> ActivityArchive.read(
            failing, "x", new ArchiveLimits(9, 1 << 30, 1 << 30, 1_000), new Told()))
        .isInstanceOf(IOException.class)
        .hasMessage("connection");
  }

  @Test
  void everythingOfAnAthlete_isOneZip_withSafeNamesThatSort() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ActivityZip zip = new ActivityZip(out)) {
      for (String name : List.of("../../etc/Passwd \u0001", "Вечерний бег", "", "", " 2 ")) {
        Tape tape = tape();
        ActivitySink sink = zip.begin(ExportFormat.FIT, named(name, tape));
        tape.tell(sink);
        sink.end();
      }
      try (OutputStream profile = zip.file("profile", "json", START)) {
        profile.write("{}".getBytes(UTF_8));
      }
    }
    List<String> names = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    assertThat(names)
        .containsExactly(
            "2026-01-01T10-00-00Z-run-etc-passwd.fit",
            "2026-01-01T10-00-00Z-run-вечерний-бег.fit",
            "2026-01-01T10-00-00Z-run.fit",
            "2026-01-01T10-00-00Z-run-2.fit",
            "2026-01-01T10-00-00Z-run-2-2.fit",
            "profile.json");
    Told told = new Told();
    assertThat(read(out.toByteArray(), ArchiveLimits.DEFAULT, told))
        .isEqualTo(new ArchiveReport(6, 5, 0, 1, ""));
  }

  @Test
  void aZipWhoseActivityDidNotEnd_staysBrokenOff() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ActivityZip zip = new ActivityZip(out)) {
      Tape tape = tape();
      tape.tell(zip.begin(ExportFormat.GPX, named("", tape)));
      assertThatThrownBy(() -> zip.begin(ExportFormat.GPX, named("", tape)))
          .isInstanceOf(IllegalStateException.class);
    }
    ArchiveReport report = read(out.toByteArray(), ArchiveLimits.DEFAULT, new Told());
    assertThat(report.read()).isZero();
  }

  @Test
  void anActivityThatIsTakenBack_leavesTheZipWhole() throws IOException {
    for (ExportFormat format : ExportFormat.values()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (ActivityZip zip = new ActivityZip(out)) {
        Tape tape = tape();
        tape.tell(zip.begin(format, named("fails", tape)));
        zip.takeBack();
        ActivitySink sink = zip.begin(ExportFormat.GPX, named("good", tape));
        tape.tell(sink);
        sink.end();
        tape.tell(zip.begin(format, named("fails again", tape)));
        zip.takeBack();
        zip.takeBack();
      }
      assertThat(filesOf(out.toByteArray(), ArchiveLimits.DEFAULT))
          .as("%s", format)
          .hasSize(1);
      assertThat(read(out.toByteArray(), ArchiveLimits.DEFAULT, new Told()))
          .isEqualTo(new ArchiveReport(1, 1, 0, 0, ""));
    }
  }

  private static List<String> filesOf(byte[] zip, ArchiveLimits limits) throws IOException {
    Told told = new Told();
    ArchiveReport unused = read(zip, limits, told);
    return told.files;
  }

  private static ArchiveReport read(byte[] zip, ArchiveLimits limits, ArchiveSink sink)
      throws IOException {
    return ActivityArchive.read(new ByteArrayInputStream(zip), "alone", limits, sink);
  }

  private static ActivityOutline named(String name, Tape tape) {
    return new ActivityOutline(
        name, "run", "", tape.firstMs(), tape.lastMs(), 0, ActivityFigures.NONE, List.of());
  }

  private static Tape tape() {
    Tape tape = new Tape();
    for (int s = 0; s < 30; s++) {
      double none = Double.NaN;
      tape.sample(new ActivitySample(
          START + s * 1_000L, 55 + s * 1e-4, 37, 100, none, 120, 85, -1, 2, none, none, none));
    }
    return tape;
  }

  private static byte[] activity(ExportFormat format) {
    return Exported.write(format, named("", tape()), tape());
  }

  /** Some megabytes that pack well, as an activity. */
  private static byte[] manyPoints() {
    String point = "<trkpt lat='55.5' lon='37.5'><time>2026-01-01T10:00:00Z</time></trkpt>\n";
    return ("<gpx><trk><trkseg>" + point.repeat(40_000) + "</trkseg></trk></gpx>").getBytes(UTF_8);
  }

  /** As most programs write it: lengths behind the content. */
  private static byte[] zip(Object... namesAndContents) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) namesAndContents[i]));
        zip.write((byte[]) namesAndContents[i + 1]);
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  /** Lengths in the headers; each entry stored or deflated. Names may repeat. */
  private static byte[] stored(boolean stored, Object... namesAndContents) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < namesAndContents.length; i += 2) {
      byte[] content = (byte[]) namesAndContents[i + 1];
      CRC32 sum = new CRC32();
      sum.update(content);
      byte[] packed = stored ? content : deflated(content);
      byte[] name = ((String) namesAndContents[i]).getBytes(UTF_8);
      number(all, 0x0403_4B50, 4);
      number(all, 20, 2);
      number(all, 0, 2);
      number(all, stored ? 0 : 8, 2);
      number(all, 0, 4);
      number(all, sum.getValue(), 4);
      number(all, packed.length, 4);
      number(all, content.length, 4);
      number(all, name.length, 2);
      number(all, 0, 2);
      all.writeBytes(name);
      all.writeBytes(packed);
    }
    number(all, 0x0605_4B50, 4);
    return all.toByteArray();
  }

  /** Three stored files, of which the second states lengths of eight bytes. */
  private static byte[] wide(byte[] content, long packed, long unpacked) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    CRC32 sum = new CRC32();
    sum.update(content);
    byte[] before = stored(true, "a.fit", content);
    all.write(before, 0, before.length - 4);
    number(all, 0x0403_4B50, 4);
    number(all, 45, 2);
    number(all, 0, 8);
    number(all, sum.getValue(), 4);
    number(all, 0xFFFF_FFFFL, 4);
    number(all, 0xFFFF_FFFFL, 4);
    number(all, 5, 2);
    number(all, 20, 2);
    all.writeBytes("b.fit".getBytes(UTF_8));
    number(all, 1, 2);
    number(all, 16, 2);
    number(all, unpacked, 8);
    number(all, packed, 8);
    all.writeBytes(content);
    all.writeBytes(stored(true, "c.fit", content));
    return all.toByteArray();
  }

  private static byte[] deflated(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    java.util.zip.Deflater raw = new java.util.zip.Deflater(9, true);
    try (FilterOutputStream deflater = new java.util.zip.DeflaterOutputStream(out, raw)) {
      deflater.write(content);
    }
    raw.end();
    return out.toByteArray();
  }

  private static void number(ByteArrayOutputStream out, long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >>> (8 * i)));
    }
  }

  /** Where the local header of the first entry of this name begins. */
  private static int at(byte[] zip, String name) {
    String text = new String(zip, java.nio.charset.StandardCharsets.ISO_8859_1);
    return text.indexOf(name) - HEADER;
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    }
    return packed.toByteArray();
  }
}
