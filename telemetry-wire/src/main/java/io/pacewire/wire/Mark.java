package io.pacewire.wire;

import java.util.Objects;

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

    int number() {
      return number;
    }
  }

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

  private Mark(Builder builder) {
    this.kind = builder.kind;
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

  /** The recording begins. {@code sport} is kept as it is, known or not. */
  public static Mark start(
      long atEpochMs,
      long monotonicMs,
      String sport,
      String timeZone,
      int utcOffsetS,
      String deviceName,
      String appVersion,
      int consentVersion) {
    Builder builder = new Builder(Kind.START, atEpochMs, monotonicMs);
    builder.sport = Objects.requireNonNull(sport, "sport");
    builder.timeZone = Objects.requireNonNull(timeZone, "timeZone");
    builder.utcOffsetS = utcOffsetS;
    builder.deviceName = Objects.requireNonNull(deviceName, "deviceName");
    builder.appVersion = Objects.requireNonNull(appVersion, "appVersion");
    builder.consentVersion = consentVersion;
    return builder.build();
  }

  public static Mark pause(long atEpochMs, long monotonicMs) {
    return new Builder(Kind.PAUSE, atEpochMs, monotonicMs).build();
  }

  public static Mark resume(long atEpochMs, long monotonicMs) {
    return new Builder(Kind.RESUME, atEpochMs, monotonicMs).build();
  }

  public static Mark lap(long atEpochMs, long monotonicMs) {
    return new Builder(Kind.LAP, atEpochMs, monotonicMs).build();
  }

  /** @param batchCount batches of this writer, the one that carries the mark included */
  public static Mark finish(long atEpochMs, long monotonicMs, int batchCount) {
    Builder builder = new Builder(Kind.FINISH, atEpochMs, monotonicMs);
    builder.batchCount = batchCount;
    return builder.build();
  }

  /** The device had to drop batches {@code fromSeq} to {@code toSeq}, both included, for good. */
  public static Mark skip(long atEpochMs, long monotonicMs, int fromSeq, int toSeq) {
    Builder builder = new Builder(Kind.SKIP, atEpochMs, monotonicMs);
    builder.fromSeq = fromSeq;
    builder.toSeq = toSeq;
    return builder.build();
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
    out.uint(1, kind.number());
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

  /** The reader is narrowed to the mark. */
  static Mark read(ProtoReader in) {
    Builder builder = new Builder(null, 0, 0);
    while (in.hasMore()) {
      int tag = in.tag();
      int field = ProtoReader.field(tag);
      if (field < 1 || field > 12) {
        in.skip(tag);
        continue;
      }
      boolean isText = field == 4 || field == 5 || field == 7 || field == 8;
      in.expect(tag, isText ? ProtoReader.BYTES : ProtoReader.VARINT, "mark field " + field);
      builder.read(field, in);
    }
    return builder.build();
  }

  private static final class Builder {
    private Kind kind;
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

    @SuppressWarnings("NullAway") // kind is checked when the mark is built
    Builder(@org.jspecify.annotations.Nullable Kind kind, long atEpochMs, long monotonicMs) {
      this.kind = kind;
      this.atEpochMs = atEpochMs;
      this.monotonicMs = monotonicMs;
    }

    void read(int field, ProtoReader in) {
      switch (field) {
        case 1:
          kind = kind(in.uint("mark.kind", Integer.MAX_VALUE));
          break;
        case 2:
          atEpochMs = in.zigzag64();
          break;
        case 3:
          monotonicMs = in.zigzag64();
          break;
        case 4:
          sport = in.text("mark.sport");
          break;
        case 5:
          timeZone = in.text("mark.time_zone");
          break;
        case 6:
          utcOffsetS = in.zigzag32();
          break;
        case 7:
          deviceName = in.text("mark.device_name");
          break;
        case 8:
          appVersion = in.text("mark.app_version");
          break;
        case 9:
          consentVersion = in.uint("mark.consent_version", Integer.MAX_VALUE);
          break;
        case 10:
          batchCount = in.uint("mark.batch_count", WireLimits.MAX_SEQ + 1);
          break;
        case 11:
          fromSeq = in.uint("mark.from_seq", WireLimits.MAX_SEQ);
          break;
        default:
          toSeq = in.uint("mark.to_seq", WireLimits.MAX_SEQ);
      }
    }

    Mark build() {
      if (kind == null) {
        throw new MalformedBatchException("mark has no kind");
      }
      if (kind == Kind.SKIP && fromSeq > toSeq) {
        throw new MalformedBatchException("mark skips " + fromSeq + " to " + toSeq);
      }
      return new Mark(this);
    }

    private static Kind kind(int number) {
      for (Kind known : Kind.values()) {
        if (known.number == number) {
          return known;
        }
      }
      throw new MalformedBatchException("mark.kind is " + number);
    }
  }
}
