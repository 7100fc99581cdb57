package io.pacewire.activity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Reads hostile files as an import does, a line each of what became of it. For a JVM of its own. */
final class HostileReading {
  private static final long MUCH = 600L << 20;
  private static final String POINT =
      "<trkpt lat='55.5' lon='37.5'><time>2026-01-01T10:00:00Z</time></trkpt>\n";
  private static final int POINTS = 2_000_000;
  private static final int DEFINITION_FIELDS = 255;

  private HostileReading() {}

  public static void main(String[] none) throws IOException {
    byte[] spaces = zip("a.gpx", out -> swell(out, "<gpx><trk><trkseg>", POINT));
    read("zip bomb", new ByteArrayInputStream(spaces));
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream packing = new GZIPOutputStream(gzip)) {
      swell(packing, "<gpx><trk><trkseg>", POINT);
    }
    read("gzip bomb", new ByteArrayInputStream(gzip.toByteArray()));
    byte[] nested = spaces;
    for (int depth = 0; depth < 4; depth++) {
      byte[] inner = nested;
      nested = zip("a.zip", out -> out.write(inner));
    }
    read("zips in zips in zips", new ByteArrayInputStream(nested));
    String entities = "<?xml version='1.0'?><!DOCTYPE gpx [<!ENTITY a '" + "x".repeat(10_000)
        + "'><!ENTITY b '" + "&a;".repeat(10_000) + "'>]><gpx><trk><name>"
        + "&b;".repeat(10_000) + "</name></trk></gpx>";
    read(
        "entities",
        new ByteArrayInputStream(zip("a.gpx", out -> out.write(entities.getBytes(UTF_8)))));
    read("an attribute without end", new Endless("<gpx creator='", "x".repeat(1_000), MUCH));
    read("a text without end", new Endless("<gpx><trk><name>", "x".repeat(1_000), MUCH));
    read("elements in elements", new Endless("<gpx>", "<trk>", MUCH));
    byte[] fit = FitBytes.activity()
        .define(0, 20, false, new int[][] {{253, 4, FitBytes.UINT32}, {3, 1, FitBytes.UINT8}})
        .write(0, FitBytes.START, 100)
        .file();
    byte[] lying = fit.clone();
    for (int i = 4; i < 8; i++) {
      lying[i] = (byte) 0xFF; // data_size
    }
    read("FIT that says it has 4 GB", new ByteArrayInputStream(lying));
    byte[] definition = new byte[6 + 3 * DEFINITION_FIELDS];
    definition[0] = 0x40;
    definition[3] = 20;
    definition[5] = (byte) DEFINITION_FIELDS;
    for (int i = 0; i < DEFINITION_FIELDS; i++) {
      definition[6 + 3 * i] = (byte) i;
      definition[7 + 3 * i] = (byte) 255;
      definition[8 + 3 * i] = 13; // bytes
    }
    byte[] header = new byte[14];
    System.arraycopy(lying, 0, header, 0, header.length);
    read("FIT of definitions", new Endless(header, definition, MUCH));
    read("a long ride", new Endless("<gpx><trk><trkseg>", POINT, (long) POINTS * POINT.length()) {
      @Override
      byte[] tail() {
        return "</trkseg></trk></gpx>".getBytes(UTF_8);
      }
    });
  }

  private interface Content {
    void write(OutputStream out) throws IOException;
  }

  private static byte[] zip(String name, Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      content.write(zip);
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  private static void swell(OutputStream out, String head, String with) throws IOException {
    out.write(head.getBytes(UTF_8));
    byte[] piece = with.repeat(1_000).getBytes(UTF_8);
    for (long written = 0; written < MUCH; written += piece.length) {
      out.write(piece);
    }
  }

  private static void read(String what, InputStream in) throws IOException {
    Told told = new Told();
    ArchiveReport unused = ActivityArchive.read(in, "file", ArchiveLimits.DEFAULT, told);
    // How far a bomb is read is up to how it was packed.
    String samples = what.endsWith("bomb") ? "some" : Long.toString(told.samples);
    System.out.println(what + ": " + samples + " samples, " + told.outcome);
  }

  private static final class Told implements ArchiveSink, ActivitySink {
    private long samples;
    private String outcome = "nothing";

    @Override
    public ActivitySink open(ArchiveFile file) {
      return this;
    }

    @Override
    public void sample(ActivitySample sample) {
      samples++;
    }

    @Override
    public void read(ArchiveFile file, int activities) {
      outcome = "read";
    }

    @Override
    public void skipped(ArchiveFile file) {
      outcome = "skipped";
    }

    @Override
    public void fault(ArchiveFile file, Fault fault, String text) {
      outcome = fault.name();
    }
  }

  /** A beginning, and then the same over and over, that is nowhere. */
  private static class Endless extends InputStream {
    private final byte[] head;
    private final byte[] piece;
    private final long limit;
    private long at;

    Endless(String head, String piece, long limit) {
      this(head.getBytes(UTF_8), piece.getBytes(UTF_8), limit);
    }

    Endless(byte[] head, byte[] piece, long limit) {
      this.head = head;
      this.piece = piece;
      this.limit = head.length + limit / piece.length * piece.length;
    }

    byte[] tail() {
      return new byte[0];
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      byte[] from = at < head.length ? head : at < limit ? piece : tail();
      int start = at < head.length
          ? (int) at
          : at < limit ? (int) ((at - head.length) % piece.length) : (int) (at - limit);
      int count = Math.min(length, from.length - start);
      if (count <= 0) {
        return length == 0 ? 0 : -1;
      }
      System.arraycopy(from, start, into, offset, count);
      at += count;
      return count;
    }
  }
}
