package io.pacewire.training;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * How a training's height is corrected. A terrain model is not among it: there are none of its data
 * here.
 *
 * @param offsetM added to each height of the receiver, for who knows how high the start lies; climbed
 *     metres are differences and stay
 */
record Elevation(Source source, int offsetM) {
  static final int MOST_OFFSET_M = 10_000;
  static final Elevation AS_RECORDED = new Elevation(Source.AUTOMATIC, 0);

  Elevation {
    if (offsetM < -MOST_OFFSET_M || offsetM > MOST_OFFSET_M) {
      throw new IllegalArgumentException(
          "offsetM must be -" + MOST_OFFSET_M + " to " + MOST_OFFSET_M + ", was " + offsetM);
    }
  }

  /** Whose height counts. */
  enum Source {
    /** The barometer's where there is one, else the receiver's. */
    AUTOMATIC,
    /** The barometer's alone: the receiver errs where it falls silent. */
    BAROMETER,
    /** The receiver's, where a barometer felt the wind or a closed window. */
    RECEIVER;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException that names those there are */
    static Source of(String label) {
      for (Source source : values()) {
        if (source.label().equals(label)) {
          return source;
        }
      }
      throw new IllegalArgumentException("must be automatic, barometer or receiver");
    }
  }

  JsonObject json() {
    return new JsonObject().put("source", source.label()).put("offsetM", offsetM);
  }

  static Elevation of(JsonObject json) {
    return new Elevation(Source.of(json.getString("source")), json.getInteger("offsetM"));
  }
}
