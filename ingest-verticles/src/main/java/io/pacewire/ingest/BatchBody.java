package io.pacewire.ingest;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.wire.MalformedBatchException;
import io.vertx.core.buffer.Buffer;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes a request's body apart into envelopes. Bounded: of what is packed no more is unpacked than a
 * body may have. Pure.
 *
 * @param maxBytes of a body, packed and unpacked
 * @param maxBatches of a body
 */
record BatchBody(int maxBytes, int maxBatches) {
  /** Parsed JSON may weigh so many times what a body may have. */
  static final int JSON_TIMES = 8;

  private static final int LONGEST_LENGTH = 5;

  /** @throws ProblemException 400 or 413 */
  List<byte[]> envelopes(BatchMedia media, byte[] sent, long nowMs) {
    byte[] body = media.gzip() ? inflate(sent) : sent;
    try {
      return switch (media.form()) {
        case ENVELOPE -> List.of(body);
        case DELIMITED -> split(body);
        case JSON -> json(body, nowMs);
      };
    } catch (MalformedBatchException e) {
      throw new ProblemException(malformed(String.valueOf(e.getMessage())));
    }
  }

  /** Bytes on the heap that JSON of that length may become, beside itself. */
  long mostParsed(long length) {
    return Math.min(
        JSON_TIMES * (long) maxBytes, JsonWeight.LEAST + JsonWeight.MOST_A_BYTE * length);
  }

  private List<byte[]> json(byte[] body, long nowMs) {
    if (JsonWeight.of(body) > mostParsed(body.length)) {
      throw new ProblemException(Problem.tooLarge("body is made of too many parts"));
    }
    return JsonBatches.seal(Buffer.buffer(body), maxBatches, nowMs);
  }

  ProblemException tooLarge() {
    return new ProblemException(Problem.tooLarge("body has more than " + maxBytes + " bytes"));
  }

  /** The field is what the fault begins with. */
  static Problem malformed(String fault) {
    int space = fault.indexOf(' ');
    return space > 0
        ? Problem.badRequest(fault.substring(0, space), fault.substring(space + 1))
        : Problem.badRequest("body", fault);
  }

  private byte[] inflate(byte[] packed) {
    try {
      return Gunzip.unpack(packed, maxBytes);
    } catch (Gunzip.TooMuchException e) {
      throw tooLarge();
    } catch (EOFException e) {
      throw new ProblemException(Problem.badRequest("body", "ends amid its gzip stream"));
    } catch (IOException e) {
      throw new ProblemException(Problem.badRequest("body", "is no gzip stream"));
    }
  }

  private List<byte[]> split(byte[] body) {
    List<byte[]> envelopes = new ArrayList<>();
    int at = 0;
    while (at < body.length) {
      long length = 0;
      int read = 0;
      byte next;
      do {
        if (at == body.length || read == LONGEST_LENGTH) {
          throw new MalformedBatchException("length of envelope " + envelopes.size() + " is none");
        }
        next = body[at++];
        length |= (long) (next & 0x7F) << (7 * read++);
      } while (next < 0);
      if (length > body.length - at) {
        throw new MalformedBatchException("envelope " + envelopes.size() + " is cut off");
      }
      if (envelopes.size() == maxBatches) {
        throw new ProblemException(
            Problem.tooLarge("body has more than " + maxBatches + " batches"));
      }
      envelopes.add(Arrays.copyOfRange(body, at, at + (int) length));
      at += (int) length;
    }
    if (envelopes.isEmpty()) {
      throw new MalformedBatchException("body is empty");
    }
    return envelopes;
  }
}
