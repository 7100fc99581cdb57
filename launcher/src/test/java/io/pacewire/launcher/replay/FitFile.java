package io.pacewire.launcher.replay;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The few messages of a FIT file that tests need, byte by byte (FIT protocol 2.0). */
public final class FitFile {
  /** 2026-01-01T10:00:00Z in FIT's seconds. */
  private static final long START = 1_136_196_000L;

  public static final long START_MS = (START + 631_065_600L) * 1_000;

  private static final int ENUM = 0x00;
  private static final int UINT8 = 0x02;
  private static final int UINT16 = 0x84;
  private static final int SINT32 = 0x85;
  private static final int UINT32 = 0x86;
  private static final double SEMICIRCLES_A_DEG = 2_147_483_648.0 / 180;

  private final ByteArrayOutputStream records = new ByteArrayOutputStream();

  public FitFile() {
    define(0, 0, 0, 1, ENUM);
    records.write(0);
    records.write(4); // an activity
    define(1, 20, 253, 4, UINT32, 0, 4, SINT32, 1, 4, SINT32, 6, 2, UINT16, 91, 4, UINT32);
    define(2, 23, 0, 1, UINT8, 1, 1, UINT8, 25, 1, ENUM);
    define(3, 18, 253, 4, UINT32, 2, 4, UINT32, 7, 4, UINT32, 5, 1, ENUM, 6, 1, ENUM);
    define(4, 21, 253, 4, UINT32, 0, 1, ENUM, 1, 1, ENUM);
    define(5, 19, 253, 4, UINT32, 2, 4, UINT32, 7, 4, UINT32, 9, 4, UINT32, 24, 1, ENUM);
  }

  /** @param type of ANT+: 123 a wheel's speed, 124 a foot sensor */
  public FitFile sensor(int type) {
    records.write(2);
    return bytes(1, 3, type, 1); // the third device, by ANT+
  }

  /** @param latitudeDeg NaN for none, as for the pressure */
  public FitFile record(int second, double latitudeDeg, double speedMps, double pressurePa) {
    records.write(1);
    boolean placed = !Double.isNaN(latitudeDeg);
    bytes(4, START + second);
    bytes(4, placed ? Math.round(latitudeDeg * SEMICIRCLES_A_DEG) : Integer.MAX_VALUE);
    bytes(4, placed ? Math.round(13.4 * SEMICIRCLES_A_DEG) : Integer.MAX_VALUE);
    bytes(2, Math.round(speedMps * 1_000));
    return bytes(4, Double.isNaN(pressurePa) ? -1 : Math.round(pressurePa));
  }

  public FitFile timer(int second, boolean starts) {
    records.write(4);
    return bytes(4, START + second).bytes(1, 0, starts ? 0 : 4);
  }

  /** @param sport 1 run, 2 ride, 3 transition, 5 swim */
  public FitFile session(int fromSecond, int toSecond, int sport) {
    records.write(3);
    bytes(4, START + toSecond, START + fromSecond, (toSecond - fromSecond) * 1_000L);
    return bytes(1, sport, 0);
  }

  /** @param trigger 0 the athlete, 2 a distance, 7 the end */
  public FitFile lap(int fromSecond, int toSecond, double distanceM, int trigger) {
    records.write(5);
    bytes(4, START + toSecond, START + fromSecond, (toSecond - fromSecond) * 1_000L);
    return bytes(4, Math.round(distanceM * 100)).bytes(1, trigger);
  }

  public byte[] bytes() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    number(file, 14, 1);
    number(file, 0x20, 1);
    number(file, 2_140, 2);
    number(file, records.size(), 4);
    file.writeBytes(".FIT".getBytes(StandardCharsets.US_ASCII));
    number(file, 0, 2); // sums that are wrong are only told
    file.writeBytes(records.toByteArray());
    number(file, 0, 2);
    return file.toByteArray();
  }

  private FitFile bytes(int each, long... values) {
    for (long value : values) {
      number(records, value, each);
    }
    return this;
  }

  private static void number(ByteArrayOutputStream out, long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >>> (8 * i)));
    }
  }

  /** @param fields number, size and base type of each */
  private void define(int local, int global, int... fields) {
    records.write(0x40 | local);
    records.write(0);
    records.write(0); // little endian
    records.write(global);
    records.write(0);
    records.write(fields.length / 3);
    for (int part : fields) {
      records.write(part);
    }
  }
}
