package io.pacewire.wire;

import org.jspecify.annotations.Nullable;

/** Something the athlete or the app said, at a moment of the recording. Immutable. */
public final class Mark {
  /** Numbers are the wire's. */
  public enum Kind {
    START(1),
    PAUSE(2),
    RESUME(3),
    LAP(4),
    FINISH(5),
    SKIP(6);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    private static @Nullable Kind of(int number) {
      for (Kind known : values()) {
        if (known.number == number) {
          return known;
        }
      }
      return null;
    }
  }

  private static final String[] NAMES = {
    "",
    "mark.kind",
    "mark.at_epoch_ms",
    "mark.monotonic_ms",
    "mark.sport",
    "mark.time_zone",
    "mark.utc_offset_s",
    "mark.device_name",
    "mark.app_version",
    "mark.consent_version",
    "mark.batch_count",
    "mark.from_seq",
    "mark.to_seq"
  };

  private final Kind kind;
  private final long atEpochMs;
  private final long monotonicMs;
  private final String sport;
  private final String timeZone;
  private final int utcOffsetS;
  private final String deviceName;
  private final String appVersion;
  private final int consentVersion;
  private final int batchCount;
  private final int fromSeq;
  private final int toSeq;

  private Mark(Kind kind, Builder builder) {
    this.kind = kind;
    this.atEpochMs = builder.atEpochMs;
    this.monotonicMs = builder.monotonicMs;
    this.sport = builder.sport;
    this.timeZone = builder.timeZone;
    this.utcOffsetS = builder.utcOffsetS;
    this.deviceName = builder.deviceName;
    this.appVersion = builder.appVersion;
    this.consentVersion = builder.consentVersion;
    this.batchCount = builder.batchCount;
    this.fromSeq = builder.fromSeq;
    this.toSeq = builder.toSeq;
  }

  /**
   * The recording begins. {@code sport} is kept as it is, known or not.
   *
   * @throws IllegalArgumentException where a text is too long or consentVersion is negative
   */
  public static Mark start(
      long atEpochMs,
      long monotonicMs,
      String sport,
      String timeZone,
      int utcOffsetS,
      String deviceName,
      String appVersion,
      int consentVersion) {
    Builder builder = new Builder(atEpochMs, monotonicMs);
    builder.sport = Texts.checked("sport", sport);
    builder.timeZone = Texts.checked("timeZone", timeZone);
    builder.utcOffsetS = utcOffsetS;
    builder.deviceName = Texts.checked("deviceName", deviceName);
    builder.appVersion = Texts.checked("appVersion", appVersion);
    builder.consentVersion = checked("consentVersion", consentVersion, Integer.MAX_VALUE);
    return new Mark(Kind.START, builder);
  }

  public static Mark pause(long atEpochMs, long monotonicMs) {
    return new Mark(Kind.PAUSE, new Builder(atEpochMs, monotonicMs));
  }

  public static Mark resume(long atEpochMs, long monotonicMs) {
    return new Mark(Kind.RESUME, new Builder(atEpochMs, monotonicMs));
  }

  public static Mark lap(long atEpochMs, long monotonicMs) {
    return new Mark(Kind.LAP, new Builder(atEpochMs, monotonicMs));
  }

  /** @param batchCount batches of this writer, the one that carries the mark included */
  public static Mark finish(long atEpochMs, long monotonicMs, int batchCount) {
    Builder builder = new Builder(atEpochMs, monotonicMs);
    builder.batchCount = checked("batchCount", batchCount, WireLimits.MAX_SEQ + 1);
    return new Mark(Kind.FINISH, builder);
  }

  /** The device had to drop batches {@code fromSeq} to {@code toSeq}, both included, for good. */
  public static Mark skip(long atEpochMs, long monotonicMs, int fromSeq, int toSeq) {
    Builder builder = new Builder(atEpochMs, monotonicMs);
    builder.toSeq = checked("toSeq", toSeq, WireLimits.MAX_SEQ);
    builder.fromSeq = checked("fromSeq", fromSeq, toSeq);
    return new Mark(Kind.SKIP, builder);
  }

  public Kind kind() {
    return kind;
  }

  public long atEpochMs() {
    return atEpochMs;
  }

  public long monotonicMs() {
    return monotonicMs;
  }

  /** Of a start; empty else, as are the other texts. */
  public String sport() {
    return sport;
  }

  /** IANA name. */
  public String timeZone() {
    return timeZone;
  }

  public int utcOffsetS() {
    return utcOffsetS;
  }

  public String deviceName() {
    return deviceName;
  }

  public String appVersion() {
    return appVersion;
  }

  public int consentVersion() {
    return consentVersion;
  }

  /** Of a finish; 0 else. */
  public int batchCount() {
    return batchCount;
  }

  /** Of a skip; 0 else. */
  public int fromSeq() {
    return fromSeq;
  }

  public int toSeq() {
    return toSeq;
  }

  void write(ProtoWriter out, int field) {
    int start = out.begin(field);
    out.uint(1, kind.number);
    out.sint64(2, atEpochMs);
    out.sint64(3, monotonicMs);
    out.text(4, sport);
    out.text(5, timeZone);
    out.sint32(6, utcOffsetS);
    out.text(7, deviceName);
    out.text(8, appVersion);
    out.uint(9, consentVersion);
    out.uint(10, batchCount);
    out.uint(11, fromSeq);
    out.uint(12, toSeq);
    out.end(start);
  }

  /** The reader is narrowed to the mark. Null for a kind that only a later version knows. */
  static @Nullable Mark read(ProtoReader in) {
    Builder builder = new Builder(0, 0);
    while (in.hasMore()) {
      int tag = in.tag();
      int field = ProtoReader.field(tag);
      if (field >= NAMES.length) {
        in.skip(tag);
        continue;
      }
      boolean isText = field == 4 || field == 5 || field == 7 || field == 8;
      in.expect(tag, isText ? ProtoReader.BYTES : ProtoReader.VARINT, NAMES[field]);
      builder.read(field, in);
    }
    return builder.build();
  }

  private static int checked(String field, int value, int most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(field + " out of range: " + value);
    }
    return value;
  }

  private static final class Builder {
    private int kindNumber;
    private long atEpochMs;
    private long monotonicMs;
    private String sport = "";
    private String timeZone = "";
    private int utcOffsetS;
    private String deviceName = "";
    private String appVersion = "";
    private int consentVersion;
    private int batchCount;
    private int fromSeq;
    private int toSeq;

    Builder(long atEpochMs, long monotonicMs) {
      this.atEpochMs = atEpochMs;
      this.monotonicMs = monotonicMs;
    }

    void read(int field, ProtoReader in) {
      switch (field) {
        case 1:
          kindNumber = in.uint(NAMES[field], Integer.MAX_VALUE);
          break;
        case 2:
          atEpochMs = in.zigzag64();
          break;
        case 3:
          monotonicMs = in.zigzag64();
          break;
        case 4:
          sport = in.text(NAMES[field]);
          break;
        case 5:
          timeZone = in.text(NAMES[field]);
          break;
        case 6:
          utcOffsetS = in.zigzag32();
          break;
        case 7:
          deviceName = in.text(NAMES[field]);
          break;
        case 8:
          appVersion = in.text(NAMES[field]);
          break;
        case 9:
          consentVersion = in.uint(NAMES[field], Integer.MAX_VALUE);
          break;
        case 10:
          batchCount = in.uint(NAMES[field], WireLimits.MAX_SEQ + 1);
          break;
        case 11:
          fromSeq = in.uint(NAMES[field], WireLimits.MAX_SEQ);
          break;
        default:
          toSeq = in.uint(NAMES[field], WireLimits.MAX_SEQ);
      }
    }

    @Nullable
    Mark build() {
      if (kindNumber == 0) {
        throw new MalformedBatchException("mark has no kind");
      }
      Kind kind = Kind.of(kindNumber);
      if (kind == null) {
        return null;
      }
      if (kind == Kind.SKIP && fromSeq > toSeq) {
        throw new MalformedBatchException("mark skips " + fromSeq + " to " + toSeq);
      }
      return new Mark(kind, this);
    }
  }
}
