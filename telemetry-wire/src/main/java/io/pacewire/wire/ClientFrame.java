package io.pacewire.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One binary WebSocket message of a device: a batch, a question, or a new token. Immutable. */
public final class ClientFrame {
  private static final int PUBLISH = 1;
  private static final int QUERY = 2;
  private static final int RENEWAL = 3;
  private static final String[] NAMES = {"", "publish", "query", "renewal"};
  private static final int MAX_TOKEN_BYTES = 8_192;

  /** What a frame carries. */
  public enum Kind {
    PUBLISH,
    QUERY,
    RENEWAL
  }

  private final Kind kind;
  private final byte @Nullable [] envelope;
  private final @Nullable UUID sessionId;
  private final int writer;
  private final @Nullable String token;

  private ClientFrame(
      Kind kind,
      byte @Nullable [] envelope,
      @Nullable UUID sessionId,
      int writer,
      @Nullable String token) {
    this.kind = kind;
    this.envelope = envelope;
    this.sessionId = sessionId;
    this.writer = writer;
    this.token = token;
  }

  public Kind kind() {
    return kind;
  }

  /** Bytes of the envelope of a {@link Kind#PUBLISH}. */
  public byte[] envelope() {
    return present(envelope);
  }

  /** The session a {@link Kind#QUERY} asks about. */
  public UUID sessionId() {
    return present(sessionId);
  }

  /** The writer a {@link Kind#QUERY} asks about. */
  public int writer() {
    return writer;
  }

  /** The token of a {@link Kind#RENEWAL}. */
  public String token() {
    return present(token);
  }

  /** A sealed batch with its envelope. */
  public static byte[] publish(long sentAtEpochMs, @Nullable String traceparent, byte[] batch) {
    ProtoWriter out = new ProtoWriter(batch.length + 96);
    int start = out.begin(PUBLISH);
    Envelope.write(out, sentAtEpochMs, traceparent, batch);
    out.end(start);
    return out.toBytes();
  }

  /** Asks for the whole ledger entry of a writer. */
  public static byte[] query(UUID session, int writerNumber) {
    ProtoWriter out = new ProtoWriter(32);
    int start = out.begin(QUERY);
    byte[] id = Uuids.toBytes(session);
    out.raw(1, id, 0, id.length);
    out.uint(2, writerNumber);
    out.end(start);
    return out.toBytes();
  }

  /** Renews the connection's token in place. */
  public static byte[] renewal(String newToken) {
    ProtoWriter out = new ProtoWriter(newToken.length() + 16);
    int start = out.begin(RENEWAL);
    out.text(1, newToken);
    out.end(start);
    return out.toBytes();
  }

  /** @throws MalformedBatchException naming the field and its fault */
  public static ClientFrame parse(byte[] bytes) {
    ProtoReader in = new ProtoReader(bytes, 0, bytes.length);
    ClientFrame frame = null;
    while (in.hasMore()) {
      int tag = in.tag();
      int field = ProtoReader.field(tag);
      if (field > RENEWAL) {
        in.skip(tag);
        continue;
      }
      in.expect(tag, ProtoReader.BYTES, NAMES[field]);
      int outer = in.enter(NAMES[field]);
      frame = read(field, in);
      in.leave(outer);
    }
    if (frame == null) {
      throw new MalformedBatchException("frame is empty");
    }
    return frame;
  }

  private static ClientFrame read(int field, ProtoReader in) {
    switch (field) {
      case PUBLISH:
        byte[] envelope = Arrays.copyOfRange(in.bytes(), in.position(), in.limit());
        return new ClientFrame(Kind.PUBLISH, envelope, null, 0, null);
      case QUERY:
        return readQuery(in);
      default:
        return new ClientFrame(Kind.RENEWAL, null, null, 0, readToken(in));
    }
  }

  private static ClientFrame readQuery(ProtoReader in) {
    UUID session = null;
    int writer = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (ProtoReader.field(tag)) {
        case 1:
          in.expect(tag, ProtoReader.BYTES, "query.session_id");
          session = Uuids.read(in, "query.session_id");
          break;
        case 2:
          in.expect(tag, ProtoReader.VARINT, "query.writer");
          writer = in.uint("query.writer", WireLimits.MAX_WRITERS - 1);
          break;
        default:
          in.skip(tag);
      }
    }
    if (session == null) {
      throw new MalformedBatchException("query.session_id is missing");
    }
    return new ClientFrame(Kind.QUERY, null, session, writer, null);
  }

  private static String readToken(ProtoReader in) {
    String token = "";
    while (in.hasMore()) {
      int tag = in.tag();
      if (ProtoReader.field(tag) != 1) {
        in.skip(tag);
        continue;
      }
      in.expect(tag, ProtoReader.BYTES, "renewal.token");
      int length = in.length("renewal.token");
      if (length > MAX_TOKEN_BYTES) {
        throw new MalformedBatchException("renewal.token has " + length + " bytes");
      }
      token = new String(in.bytes(), in.position(), length, StandardCharsets.US_ASCII);
      in.advance(length);
    }
    return token;
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("not a frame of this kind");
    }
    return value;
  }
}
