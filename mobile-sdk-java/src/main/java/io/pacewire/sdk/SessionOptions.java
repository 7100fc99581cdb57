package io.pacewire.sdk;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a recording says about itself at its start. Immutable; made by {@link #builder()}. */
public final class SessionOptions {
  private static final int MAX_TEXT_BYTES = 256;
  private static final int MAX_WRITER = 15;

  private final String sport;
  private final ZoneId timeZone;
  private final @Nullable ZoneOffset utcOffset;
  private final String deviceName;
  private final String appVersion;
  private final int consentVersion;
  private final @Nullable UUID sessionId;
  private final int writer;
  private final @Nullable Long startedAtEpochMs;

  private SessionOptions(Builder from) {
    this.sport = from.sport;
    this.timeZone = from.timeZone;
    this.utcOffset = from.utcOffset;
    this.deviceName = from.deviceName;
    this.appVersion = from.appVersion;
    this.consentVersion = from.consentVersion;
    this.sessionId = from.sessionId;
    this.writer = from.writer;
    this.startedAtEpochMs = from.startedAtEpochMs;
  }

  public static Builder builder() {
    return new Builder();
  }

  public String sport() {
    return sport;
  }

  public ZoneId timeZone() {
    return timeZone;
  }

  /** The offset that was stated; null when it follows from the zone and the start. */
  public @Nullable ZoneOffset utcOffset() {
    return utcOffset;
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

  /** The session this device joins as a further writer; null for a session of its own. */
  public @Nullable UUID sessionId() {
    return sessionId;
  }

  public int writer() {
    return writer;
  }

  /** When the recording began; null for now. */
  public @Nullable Long startedAtEpochMs() {
    return startedAtEpochMs;
  }

  /** Collects the options; each setter refuses a bad argument at once. */
  public static final class Builder {
    private String sport = "other";
    private ZoneId timeZone = ZoneId.systemDefault();
    private @Nullable ZoneOffset utcOffset;
    private String deviceName = "unknown";
    private String appVersion = "unknown";
    private int consentVersion;
    private @Nullable UUID sessionId;
    private int writer;
    private @Nullable Long startedAtEpochMs;

    private Builder() {}

    /**
     * One of run, trail-run, walk, hike, ride, mtb, indoor, xc-ski, swim, other. Other text is kept
     * as it is.
     */
    @CanIgnoreReturnValue
    public Builder sport(String value) {
      this.sport = checked("sport", value);
      return this;
    }

    /** Where the athlete is; default is the device's zone. */
    @CanIgnoreReturnValue
    public Builder timeZone(ZoneId value) {
      this.timeZone = value;
      return this;
    }

    /** Offset from UTC at the start, if it is not what the zone says. */
    @CanIgnoreReturnValue
    public Builder utcOffset(ZoneOffset value) {
      this.utcOffset = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder deviceName(String value) {
      this.deviceName = checked("deviceName", value);
      return this;
    }

    @CanIgnoreReturnValue
    public Builder appVersion(String value) {
      this.appVersion = checked("appVersion", value);
      return this;
    }

    /** Number of the text of consent the athlete agreed to; 0 for none. */
    @CanIgnoreReturnValue
    public Builder consentVersion(int value) {
      if (value < 0) {
        throw new IllegalArgumentException("consentVersion must be >= 0, was " + value);
      }
      this.consentVersion = value;
      return this;
    }

    /** Joins a session that another device of the same athlete began, as writer 1 to 15. */
    @CanIgnoreReturnValue
    public Builder join(UUID session, int asWriter) {
      if (asWriter < 1 || asWriter > MAX_WRITER) {
        throw new IllegalArgumentException("writer must be 1..15, was " + asWriter);
      }
      this.sessionId = session;
      this.writer = asWriter;
      return this;
    }

    /**
     * Gives the session an id of the caller's choice (a UUIDv7), for imports that must find it
     * again.
     */
    @CanIgnoreReturnValue
    public Builder sessionId(UUID value) {
      this.sessionId = value;
      return this;
    }

    /** When the recording began, if not now. */
    @CanIgnoreReturnValue
    public Builder startedAtEpochMs(long value) {
      this.startedAtEpochMs = value;
      return this;
    }

    public SessionOptions build() {
      return new SessionOptions(this);
    }

    private static String checked(String field, String value) {
      int length = value.getBytes(StandardCharsets.UTF_8).length;
      if (length > MAX_TEXT_BYTES) {
        throw new IllegalArgumentException(
            field + " must have at most " + MAX_TEXT_BYTES + " bytes, had " + length);
      }
      return value;
    }
  }
}
