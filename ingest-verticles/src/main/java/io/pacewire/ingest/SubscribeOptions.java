package io.pacewire.ingest;

/**
 * Reads the options of each topic of a SUBSCRIBE byte by byte, for bits that are reserved (MQTT
 * 5.0 and 3.1.1, 3.8.3): the decoder behind looks at the others alone.
 */
final class SubscribeOptions {
  private static final int PACKET_ID_BYTES = 2;
  private static final int MOST_LENGTH_BYTES = 4;
  private static final int RESERVED_5 = 0xC0;
  private static final int RESERVED_3 = 0xFC;

  private enum Part {
    PROPERTIES,
    FILTER_HIGH,
    FILTER_LOW,
    OPTIONS
  }

  private final int reserved;
  private Part next;
  private int skip = PACKET_ID_BYTES;
  private int number;
  private int digits;
  private int filters;

  /** For the bytes after one fixed header. */
  SubscribeOptions(boolean version5) {
    this.reserved = version5 ? RESERVED_5 : RESERVED_3;
    this.next = version5 ? Part.PROPERTIES : Part.FILTER_HIGH;
  }

  /** How many there were so far. */
  int filters() {
    return filters;
  }

  /** False for options with a bit that has to be zero. */
  boolean accepts(int octet) {
    if (skip > 0) {
      skip--;
      return true;
    }
    switch (next) {
      case PROPERTIES -> {
        number |= (octet & 0x7F) << (7 * digits++);
        if ((octet & 0x80) == 0 || digits == MOST_LENGTH_BYTES) {
          skip = number;
          next = Part.FILTER_HIGH;
        }
      }
      case FILTER_HIGH -> {
        number = octet << 8;
        next = Part.FILTER_LOW;
      }
      case FILTER_LOW -> {
        skip = number | octet;
        next = Part.OPTIONS;
      }
      case OPTIONS -> {
        next = Part.FILTER_HIGH;
        filters++;
        return (octet & reserved) == 0;
      }
    }
    return true;
  }
}
