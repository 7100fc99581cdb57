package io.pacewire.sdk;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.pacewire.sdk.internal.MqttUplink;
import io.pacewire.sdk.internal.SampleRecorder;
import io.pacewire.sdk.internal.SessionProgress;
import io.pacewire.sdk.internal.SessionStarter;
import io.pacewire.sdk.internal.SqliteSampleStore;
import io.pacewire.sdk.internal.StoreFile;
import io.pacewire.sdk.internal.StoredSession;
import io.pacewire.sdk.internal.SyncUploader;
import io.pacewire.sdk.internal.Timeline;
import io.pacewire.sdk.internal.TrustedCertificates;
import io.pacewire.sdk.internal.Uplink;
import io.pacewire.sdk.internal.UploadSettings;
import io.pacewire.sdk.internal.WebSocketUplink;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records training on this device and brings it to the platform. One client for the life of the
 * app; thread-safe.
 *
 * <p>Everything is on the device's disk before it is sent and stays there until the platform's
 * database has it. The process may end at any moment: a client that is built again on the same
 * store takes up every upload where it stood, and {@link #openSessions()} names the recordings that
 * can go on.
 */
public final class PacewireClient implements AutoCloseable {
  private final SqliteSampleStore store;
  private final SyncUploader uploader;
  private final Timeline timeline;
  private final ClientEvents events;
  private final SessionStarter starter;

  private PacewireClient(
      SqliteSampleStore store, SyncUploader uploader, Timeline timeline, ClientEvents events) {
    this.store = store;
    this.uploader = uploader;
    this.timeline = timeline;
    this.events = events;
    this.starter = new SessionStarter(store, timeline);
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * Begins a recording.
   *
   * @throws IllegalArgumentException if a session with the id the options give was already recorded
   * here
   */
  public RecordingSession start(SessionOptions options) {
    StoredSession session = starter.start(options);
    events.watch(session);
    uploader.wake();
    return recording(session);
  }

  /**
   * Recordings that were begun and not finished, of this run of the app or an earlier one; oldest
   * first.
   */
  public List<OpenSession> openSessions() {
    List<OpenSession> open = new ArrayList<>();
    for (StoredSession session : store.sessions()) {
      if (!session.finishing()) {
        open.add(new OpenSession(session.id(), session.sport(), session.startedAtEpochMs()));
      }
    }
    return Collections.unmodifiableList(open);
  }

  /**
   * Goes on with a recording that was interrupted.
   *
   * @throws IllegalArgumentException if it is not one of {@link #openSessions()}
   */
  public RecordingSession resume(UUID sessionId) {
    for (StoredSession session : store.sessions()) {
      if (session.id().equals(sessionId) && !session.finishing()) {
        session.goOn();
        uploader.wake();
        return recording(session);
      }
    }
    throw new IllegalArgumentException("no open session " + sessionId);
  }

  /** The sum over all sessions that are not completely stored yet. */
  public UploadState uploadState() {
    SessionProgress.Snapshot sum = SessionProgress.Snapshot.empty();
    for (StoredSession session : store.sessions()) {
      sum = sum.plus(session.progress().snapshot());
    }
    return UploadState.of(sum, uploader.status());
  }

  /** Tells that the device has a network again: the next try to connect is made now. */
  public void networkAvailable() {
    uploader.networkAvailable();
  }

  /**
   * Writes what was added, ends the connection and closes the store. Unfinished uploads go on with
   * the next client.
   */
  @Override
  public void close() {
    uploader.close();
    store.close();
    events.close();
  }

  private RecordingSession recording(StoredSession session) {
    SampleRecorder recorder = new SampleRecorder(store, session, timeline, events);
    return new RecordingSession(session, recorder, store, uploader.status());
  }

  /**
   * Collects the settings; each setter refuses a bad argument at once, {@link #build()} a missing
   * one.
   */
  public static final class Builder {
    private static final Clock SYSTEM = Clock.systemUTC();
    private static final Duration MIN_INTERVAL = Duration.ofMillis(50);

    private @Nullable Path store;
    private @Nullable URI stream;
    private @Nullable String mqttHost;
    private int mqttPort;
    private MqttVersion mqttVersion = MqttVersion.V5;
    private @Nullable UUID deviceId;
    private @Nullable TokenSource tokens;
    private TrustedCertificates trust = TrustedCertificates.ofDevice();
    private Clock clock = SYSTEM;
    private @Nullable MonotonicClock monotonicClock;
    private @Nullable Duration uploadInterval;
    private long storeLimitBytes = Long.MAX_VALUE;
    private SensorListener sensorListener = new SensorListener() {};
    private UploadListener uploadListener = new UploadListener() {};

    private Builder() {}

    /** The SQLite file to keep samples in; made if absent. One client at a time may use it. */
    @CanIgnoreReturnValue
    public Builder store(Path file) {
      this.store = file;
      return this;
    }

    /**
     * Uploads over a WebSocket: {@code wss://host/v1/stream}. Without TLS only on the device
     * itself.
     */
    @CanIgnoreReturnValue
    public Builder stream(URI uri) {
      boolean tls = "wss".equals(uri.getScheme());
      if (!tls && !("ws".equals(uri.getScheme()) && isLoopback(uri.getHost()))) {
        throw new IllegalArgumentException("stream must be a wss:// address, was " + uri);
      }
      this.stream = uri;
      this.mqttHost = null;
      return this;
    }

    /** Uploads over MQTT 5 with TLS. */
    @CanIgnoreReturnValue
    public Builder mqtt(String host, int port) {
      return mqtt(host, port, MqttVersion.V5);
    }

    /** Uploads over MQTT with TLS. */
    @CanIgnoreReturnValue
    public Builder mqtt(String host, int port, MqttVersion version) {
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("port must be 1..65535, was " + port);
      }
      this.mqttHost = host;
      this.mqttPort = port;
      this.mqttVersion = version;
      this.stream = null;
      return this;
    }

    /** The id the platform gave this device when it was registered. */
    @CanIgnoreReturnValue
    public Builder deviceId(UUID id) {
      this.deviceId = id;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder tokens(TokenSource source) {
      this.tokens = source;
      return this;
    }

    /**
     * Authorities to trust besides the device's own, as PEM text; a development certificate for
     * example.
     */
    @CanIgnoreReturnValue
    public Builder trust(byte[] pemCertificates) {
      try {
        this.trust = TrustedCertificates.with(pemCertificates);
      } catch (GeneralSecurityException | IOException e) {
        throw new IllegalArgumentException("trust: not a PEM certificate: " + e.getMessage(), e);
      }
      return this;
    }

    /** The time of day samples are stamped with; default is the system's. */
    @CanIgnoreReturnValue
    public Builder clock(Clock wallClock) {
      this.clock = wallClock;
      return this;
    }

    /** Default follows the system's uptime, or the clock if one was given. */
    @CanIgnoreReturnValue
    public Builder monotonicClock(MonotonicClock source) {
      this.monotonicClock = source;
      return this;
    }

    /**
     * How often samples are sealed and sent; at least 50 ms. Default is 1 s while a session is
     * recorded and 15 s otherwise.
     */
    @CanIgnoreReturnValue
    public Builder uploadInterval(Duration interval) {
      if (interval.compareTo(MIN_INTERVAL) < 0) {
        throw new IllegalArgumentException("uploadInterval must be >= 50 ms, was " + interval);
      }
      this.uploadInterval = interval;
      return this;
    }

    /**
     * How many bytes of sealed batches the device may hold; at least 1 MiB, default no limit. Past
     * it the oldest batches of the session being recorded are deleted, the platform is told which,
     * and {@link UploadListener#batchesEvicted} too.
     */
    @CanIgnoreReturnValue
    public Builder storeLimitBytes(long bytes) {
      if (bytes < 1 << 20) {
        throw new IllegalArgumentException("storeLimitBytes must be >= 1 MiB, was " + bytes);
      }
      this.storeLimitBytes = bytes;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder listener(SensorListener listener) {
      this.sensorListener = listener;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder listener(UploadListener listener) {
      this.uploadListener = listener;
      return this;
    }

    /**
     * Opens the store and begins to upload what it holds.
     *
     * @throws IllegalArgumentException if a setting is missing
     * @throws PacewireException if the store cannot be opened
     */
    public PacewireClient build() {
      return build(new UploadSettings(uploadInterval));
    }

    /** For tests, which cannot wait as long as phones. */
    PacewireClient build(UploadSettings settings) {
      Path file = required("store", store);
      UUID device = required("deviceId", deviceId);
      TokenSource source = required("tokens", tokens);
      Uplink uplink = uplink(device);
      ClientEvents events = new ClientEvents(sensorListener, uploadListener);
      SqliteSampleStore samples = open(file, events);
      SyncUploader uploader = new SyncUploader(samples, uplink, source, settings, clock, events);
      events.connect(uploader);
      for (StoredSession session : samples.sessions()) {
        events.watch(session);
      }
      uploader.start();
      return new PacewireClient(samples, uploader, timeline(), events);
    }

    private Uplink uplink(UUID device) {
      if (stream != null) {
        return new WebSocketUplink(stream, trust);
      }
      String host = required("stream or mqtt", mqttHost);
      return new MqttUplink(host, mqttPort, mqttVersion, device, trust);
    }

    private SqliteSampleStore open(Path file, ClientEvents events) {
      try {
        return new SqliteSampleStore(StoreFile.open(file, SYSTEM), storeLimitBytes, events);
      } catch (SQLException | IOException e) {
        throw new PacewireException("cannot open the store " + file + ": " + e.getMessage(), e);
      }
    }

    private Timeline timeline() {
      MonotonicClock monotonic = monotonicClock;
      if (monotonic == null) {
        Clock wall = clock;
        monotonic = wall.equals(SYSTEM) ? () -> System.nanoTime() / 1_000_000 : wall::millis;
      }
      return new Timeline(clock, monotonic);
    }

    private static <T> T required(String name, @Nullable T value) {
      if (value == null) {
        throw new IllegalArgumentException(name + " must be set");
      }
      return value;
    }

    private static boolean isLoopback(@Nullable String host) {
      return "localhost".equals(host) || "127.0.0.1".equals(host) || "[::1]".equals(host);
    }
  }
}
