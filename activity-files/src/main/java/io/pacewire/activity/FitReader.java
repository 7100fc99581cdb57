package io.pacewire.activity;

import io.pacewire.activity.ActivityWarning.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The records of a FIT file (FIT protocol, "FIT File Structure"): both kinds of header, both byte
 * orders, redefinition, chained files. Once samples have come, a fault ends the file with a warning,
 * for batteries die and cards fail; before that it is an exception.
 */
final class FitReader {
  private static final int MIN_HEADER = 12;
  private static final int MAX_MAJOR_VERSION = 2;

  private final FitInput in;
  private final Delivery delivery;
  private final FitActivity activity;
  private final @Nullable FitDefinition[] definitions = new FitDefinition[16];
  private final byte[][] contents = new byte[16][0];
  private final FitDeveloperFields developerFields = new FitDeveloperFields();
  private int files;
  private boolean hasSamples;

  FitReader(InputStream in, Delivery delivery) {
    this.in = new FitInput(in);
    this.delivery = delivery;
    this.activity = new FitActivity(delivery);
  }

  void read() throws IOException {
    boolean goesOn = true;
    while (goesOn) {
      in.resetChecksum();
      int header = in.next();
      goesOn = header >= 0 && chained(header);
    }
    if (!activity.wasFound()) {
      String text = "byte " + in.position() + ": FIT without an activity, " + activity.otherTypes();
      throw activity.isSomethingElse()
          ? MalformedActivityException.ofSomethingElse(text)
          : new MalformedActivityException(text);
    }
    delivery.end();
  }

  /** Whether another file may follow. */
  private boolean chained(int headerLength) throws IOException {
    try {
      long from = in.position() - 1;
      long length = header(headerLength);
      if (length < 0) {
        delivery.warn(Kind.TRAILING_BYTES, from, "something that is no FIT file follows");
        return false;
      }
      files++;
      Arrays.fill(definitions, null);
      developerFields.clear();
      activity.beginFile();
      return records(length);
    } catch (FitInput.Ended e) {
      broken(Kind.BROKEN_OFF, "the file ends early");
      return false;
    }
  }

  /** The length of what follows; -1 where a chained file ought to begin and none does. */
  private long header(int headerLength) throws IOException {
    if (headerLength < MIN_HEADER) {
      return refused("header of " + headerLength + " bytes");
    }
    int version = in.u8() >>> 4;
    in.skip(2);
    long length = in.u32();
    if (in.u32() != FitProfile.SIGNATURE) {
      return refused("header without .FIT");
    }
    if (version > MAX_MAJOR_VERSION) {
      delivery.warn(Kind.DAMAGED, in.position(), "protocol version " + version + " is not known");
    }
    int rest = headerLength - MIN_HEADER;
    if (rest >= 2) {
      int computed = in.checksum();
      int stated = in.u16();
      if (stated != 0 && stated != computed) {
        delivery.warn(Kind.CHECKSUM_WRONG, in.position(), "the checksum of the header is wrong");
      }
      rest -= 2;
    }
    in.skip(rest);
    return length;
  }

  private long refused(String fault) {
    if (files == 0) {
      throw new MalformedActivityException("byte " + in.position() + ": FIT " + fault);
    }
    return -1;
  }

  private boolean records(long length) throws IOException {
    if (length == 0) {
      // A device that crashed did not come to write the length: read on to the end.
      delivery.warn(Kind.LENGTH_WRONG, in.position(), "the header states a length of 0");
    }
    long end = length == 0 ? Long.MAX_VALUE : in.position() + length;
    while (in.position() < end) {
      if (!record(in.u8())) {
        return false;
      }
    }
    if (in.position() > end) {
      broken(Kind.LENGTH_WRONG, "the last record crosses the end");
      return false;
    }
    int computed = in.checksum();
    if (in.u16() != computed) {
      delivery.warn(Kind.CHECKSUM_WRONG, in.position(), "the checksum of the file is wrong");
    }
    return true;
  }

  /** False where the records cannot be told apart any further. */
  private boolean record(int header) throws IOException {
    if ((header & 0x80) != 0) {
      return message((header >>> 5) & 0x3, header & 0x1F);
    }
    if ((header & 0x40) != 0) {
      int local = header & 0xF;
      FitDefinition definition = FitDefinition.read(in, (header & 0x20) != 0);
      definitions[local] = definition;
      if (contents[local].length < definition.length) {
        contents[local] = new byte[definition.length];
      }
      return true;
    }
    return message(header & 0xF, -1);
  }

  /**
   * @param offset the five bits of a compressed header, -1 for a normal one
   */
  private boolean message(int local, int offset) throws IOException {
    FitDefinition definition = definitions[local];
    if (definition == null) {
      broken(Kind.DAMAGED, "a message that nothing defines");
      return false;
    }
    long at = in.position() - 1;
    byte[] content = contents[local];
    in.read(content, definition.length);
    FitMessage message = new FitMessage(definition, developerFields, content);
    if (offset >= 0) {
      activity.tick(offset);
    } else {
      activity.time(message.number(FitProfile.TIMESTAMP));
    }
    if (message.global() == FitProfile.FIELD_DESCRIPTION) {
      developerFields.add(message);
    } else {
      activity.take(message, at);
      hasSamples |= delivery.hasSamples();
    }
    return true;
  }

  private void broken(Kind kind, String fault) {
    if (!hasSamples) {
      throw new MalformedActivityException("byte " + in.position() + ": FIT, " + fault);
    }
    delivery.warn(kind, in.position(), fault);
  }
}
