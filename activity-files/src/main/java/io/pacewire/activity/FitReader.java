package io.pacewire.activity;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Garmin's FIT, from the public description of the protocol: normal and compressed headers,
 * developer fields by size, chained files, both byte orders. A file that breaks off gives what came
 * before and a warning.
 */
final class FitReader {
  private static final long EPOCH_S = 631_065_600L; // 1989-12-31T00:00:00Z
  private static final double SEMICIRCLE_DEG = 180.0 / 2_147_483_648.0;
  private static final int TIMESTAMP = 253;
  private static final int FILE_ID = 0;
  private static final int SESSION = 18;
  private static final int LAP = 19;
  private static final int RECORD = 20;
  private static final int EVENT = 21;

  private final FitInput in;
  private final ActivitySink sink;
  private final @Nullable FitDefinition[] definitions = new FitDefinition[16];
  private long lastTimestamp;
  private long lastSampleS = Long.MIN_VALUE;
  private long stoppedAtS = Long.MIN_VALUE;
  private boolean anything;

  FitReader(InputStream in, ActivitySink sink) {
    this.in = new FitInput(in);
    this.sink = sink;
  }

  void read() throws IOException {
    try {
      int header = in.next();
      while (header >= 0) {
        file(header);
        header = in.next(); // a chained file follows
      }
    } catch (EOFException e) {
      if (!anything) {
        throw new MalformedActivityException("FIT breaks off at byte " + in.position(), e);
      }
      sink.warning("FIT breaks off at byte " + in.position());
    }
  }

  private void file(int headerLength) throws IOException {
    if (headerLength < 12) {
      if (anything) {
        throw new EOFException(); // padding behind the last file
      }
      throw new MalformedActivityException("FIT header of " + headerLength + " bytes");
    }
    byte[] header = in.bytes(headerLength - 1);
    if (header[7] != '.' || header[8] != 'F' || header[9] != 'I' || header[10] != 'T') {
      if (anything) {
        throw new EOFException();
      }
      throw new MalformedActivityException("FIT header without .FIT at byte " + in.position());
    }
    long length = (header[3] & 0xFFL)
        | (header[4] & 0xFFL) << 8
        | (header[5] & 0xFFL) << 16
        | (header[6] & 0xFFL) << 24;
    long end = in.position() + length;
    java.util.Arrays.fill(definitions, null);
    while (in.position() < end) {
      record(in.u8());
    }
    long unused = in.little(2); // checksum: wrong in files that devices themselves wrote
  }

  private void record(int header) throws IOException {
    if ((header & 0x80) != 0) {
      long offset = header & 0x1F;
      long stamp = (lastTimestamp & ~0x1FL) + offset;
      lastTimestamp = offset >= (lastTimestamp & 0x1F) ? stamp : stamp + 0x20;
      data(header >> 5 & 0x3);
    } else if ((header & 0x40) != 0) {
      definitions[header & 0xF] = FitDefinition.read(in, (header & 0x20) != 0);
    } else {
      data(header & 0xF);
    }
  }

  private void data(int local) throws IOException {
    FitDefinition definition = definitions[local];
    if (definition == null) {
      if (anything) {
        sink.warning("data without a definition at byte " + in.position());
        throw new EOFException();
      }
      throw new MalformedActivityException("data without a definition at byte " + in.position());
    }
    FitMessage message = new FitMessage(definition, in.bytes(definition.length));
    long stamp = message.value(TIMESTAMP);
    if (stamp != FitMessage.ABSENT) {
      lastTimestamp = stamp;
    }
    anything = true;
    switch (message.global()) {
      case FILE_ID -> fileId(message);
      case SESSION -> session(message);
      case LAP -> lap();
      case RECORD -> sample(message);
      case EVENT -> event(message);
      default -> {}
    }
  }

  private void fileId(FitMessage message) {
    String product = message.text(8);
    if (!product.isBlank()) {
      sink.device(XmlText.shortened(product));
    }
  }

  private void session(FitMessage message) {
    sink.sport(Sports.ofFit((int) message.value(5), (int) message.value(6)));
    sink.deviceTotals(
        scaled(message.value(9), 100, 0),
        scaled(message.value(8), 1_000, 0),
        scaled(message.value(22), 1, 0));
  }

  private void lap() {
    if (lastSampleS != Long.MIN_VALUE) {
      sink.lap(epochMs(lastSampleS));
    }
  }

  /** The timer, by the event's own time: a record in between may be from before the start. */
  private void event(FitMessage message) {
    if (message.value(0) != 0) {
      return; // not the timer's
    }
    switch ((int) message.value(1)) {
      case 0 -> {
        if (stoppedAtS != Long.MIN_VALUE) {
          sink.pause(epochMs(stoppedAtS));
          sink.resume(epochMs(lastTimestamp));
          stoppedAtS = Long.MIN_VALUE;
        }
      }
      case 1, 4, 8, 9 -> stoppedAtS = stoppedAtS == Long.MIN_VALUE ? lastTimestamp : stoppedAtS;
      default -> {}
    }
  }

  private void sample(FitMessage message) {
    SampleBuilder sample = new SampleBuilder();
    sample.atEpochMs = epochMs(lastTimestamp);
    lastSampleS = lastTimestamp;
    long latitude = message.value(0);
    long longitude = message.value(1);
    if (latitude != FitMessage.ABSENT && longitude != FitMessage.ABSENT) {
      sample.latitudeDeg = latitude * SEMICIRCLE_DEG;
      sample.longitudeDeg = longitude * SEMICIRCLE_DEG;
    }
    sample.altitudeM = scaled(message.value(78, 2), 5, 500);
    sample.accuracyM = scaled(message.value(31), 1, 0);
    sample.heartRateBpm = count(message.value(3));
    sample.cadencePerMin = count(message.value(4));
    sample.powerW = count(message.value(7));
    sample.speedMps = scaled(message.value(73, 6), 1_000, 0);
    sample.temperatureC = scaled(message.value(13), 1, 0);
    sample.deviceDistanceM = scaled(message.value(5), 100, 0);
    sink.sample(sample.build());
  }

  private static long epochMs(long fitSeconds) {
    return (fitSeconds + EPOCH_S) * 1_000;
  }

  private static double scaled(long value, double scale, double offset) {
    return value == FitMessage.ABSENT ? Double.NaN : value / scale - offset;
  }

  private static int count(long value) {
    return value == FitMessage.ABSENT || value > 65_535 ? -1 : (int) value;
  }
}
