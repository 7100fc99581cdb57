package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.pacewire.ingest.Admission.Refused;
import io.pacewire.wire.ClientFrame;
import io.pacewire.wire.LedgerEntry;
import io.pacewire.wire.MalformedBatchException;
import io.pacewire.wire.ServerFrame;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.time.InstantSource;
import java.util.UUID;

/**
 * One device's binary WebSocket. What became durable in one event-loop turn is told in one frame:
 * ranges, so no order has to be kept.
 */
final class StreamDoor implements Door {
  private static final System.Logger LOG = System.getLogger(StreamDoor.class.getName());
  private static final int MOST_QUERIES = 32;
  /** What a question is taken to weigh, as a part of a batch. */
  private static final int QUERY_BYTES = 64;

  private static final short TRY_AGAIN_LATER = 1013; // RFC 6455, registry of close codes
  private static final short UNSUPPORTED_DATA = 1003;
  private static final short MESSAGE_TOO_BIG = 1009;

  private final StreamSocket transport;
  private final ServerWebSocket socket;
  private final StreamPublishes publishes;
  private final WebServices services;
  private final InstantSource clock;
  private final ReadGate gate;
  private final Silence silence;
  private final BegunFrames begun;
  private final LongMessages longMessages;
  private final Turnstile turnstile;
  private boolean closing;
  private Device device;
  private int queriesUnderWay;
  private String token;

  StreamDoor(StreamSocket transport, Device device, String token, WebServices services) {
    this.transport = transport;
    this.socket = transport.socket();
    this.device = device;
    this.token = token;
    this.services = services;
    this.clock = services.clock();
    ReadRoom room = services.turnstiles().readRoom();
    HeldReads heldReads = new HeldReads(
        new ReadAhead(room.held(), device.athleteId()), full -> close(TRY_AGAIN_LATER, full.tag()));
    this.gate = new ReadGate(
        socket::pause,
        socket::resume,
        heldReads,
        services.turnstiles().holds(Turnstiles.Kind.STREAM));
    this.silence = new Silence(gate);
    SentBeside beside = new SentBeside();
    StreamFrames frames = new StreamFrames(beside, () -> close(UNSUPPORTED_DATA, "text"));
    this.begun = new BegunFrames(
        new ReadAhead(room.unfinished(), device.athleteId()),
        true,
        () -> false,
        full -> close(TRY_AGAIN_LATER, full.tag()));
    this.longMessages = new LongMessages(services.config().maxMessageBytes(), beside::wrapping);
    transport.addFirst(heldReads, longMessages);
    transport.watch(
        gate, silence, frames, begun, services.config().mqtt().unreadS() * 1_000L, this::corrupted);
    this.turnstile = services.turnstiles().open(Turnstiles.Kind.STREAM, device, gate.quota());
    beside.onCharge(turnstile::beside);
    this.publishes = new StreamPublishes(this, gate, turnstile, services);
  }

  /** What a device may ask for beside sending: a new token is looked at by the verticle. */
  interface Renewal {
    void renew(String token);
  }

  void receive(Buffer message, Renewal renewal) {
    int cutBytes = longMessages.nextCutBytes();
    if (closing) {
      return;
    }
    if (cutBytes > 0) {
      publishes.receiveCut(message.getBytes(), cutBytes);
      return;
    }
    ClientFrame frame;
    try {
      frame = ClientFrame.parse(message.getBytes());
    } catch (MalformedBatchException e) {
      LOG.log(DEBUG, "a frame that is none: {0}", e.getMessage());
      close(UNSUPPORTED_DATA, "malformed frame");
      return;
    }
    switch (frame.kind()) {
      case PUBLISH -> publishes.receive(frame.envelope());
      case QUERY -> query(frame.sessionId(), frame.writer());
      case RENEWAL -> {
        turnstile.spend(frame.token().length());
        renewal.renew(frame.token());
      }
    }
  }

  void renewed(Device renewed, String renewedToken) {
    device = renewed;
    token = renewedToken;
  }

  boolean isOpen() {
    return !closing && !socket.isClosed();
  }

  Device device() {
    return device;
  }

  private void query(UUID session, int writer) {
    turnstile.spend(QUERY_BYTES);
    if (queriesUnderWay >= MOST_QUERIES) {
      turnstile.queryDropped();
      return; // the device asks again, as it does where an answer is lost
    }
    queriesUnderWay++;
    services
        .queries()
        .find(session, writer, token)
        .onComplete(done -> queriesUnderWay--)
        .onSuccess(this::answer)
        .onFailure(cause -> LOG.log(DEBUG, "ledger not known now: {0}", cause.getMessage()));
  }

  /** Behind what is known by now: it may say less. */
  private void answer(LedgerEntry entry) {
    publishes.tell();
    send(ServerFrame.of(entry, clock.millis()));
  }

  /** A change that training tells: stored or refused. */
  void tell(Buffer ledgerEntry) {
    if (!isOpen() || socket.writeQueueFull()) {
      return; // the ledger under-reports to who does not read; it may be asked for
    }
    publishes.changed(LedgerEntry.parse(ledgerEntry.getBytes()));
  }

  /** Its handlers stand: reads, unless something speaks against it. */
  void open() {
    if (gate.isOpen()) {
      socket.resume();
    }
    services.publisher().loop().open(this);
  }

  /** After the socket is gone. */
  void closed() {
    turnstile.close();
    services.publisher().loop().closed(this);
  }

  void warn(String warning) {
    send(ServerFrame.warning(warning, clock.millis()));
  }

  void send(ServerFrame frame) {
    if (!socket.isClosed()) {
      silence.broken();
      socket
          .writeBinaryMessage(Buffer.buffer(frame.encode()))
          .onFailure(cause -> LOG.log(DEBUG, "frame not sent: {0}", cause.getMessage()));
    }
  }

  /** Whether nothing went either way for so long, while we did read. */
  boolean isSilent(long forNanos, long nowNanos) {
    return silence.isLongerThan(forNanos, nowNanos);
  }

  /** A frame, or a message in parts, that began and does not end. */
  boolean isDripping(long withinNanos, long nowNanos) {
    boolean isRead = gate.isOpen() && !closing;
    boolean isThrownAway = longMessages.isOverdue(isRead, withinNanos, nowNanos);
    return begun.isOverdue(isRead, withinNanos, nowNanos) || isThrownAway;
  }

  /** The socket is of no more use. */
  void broken(Throwable cause) {
    LOG.log(DEBUG, "WebSocket: {0}", cause.getMessage());
    if (cause instanceof IllegalStateException) { // too much was put together of fragments
      tooLong(cause);
    }
  }

  private void corrupted(CorruptedWebSocketFrameException cause) {
    LOG.log(DEBUG, "WebSocket: {0}", cause.getMessage());
    if (cause.closeStatus().code() == MESSAGE_TOO_BIG) {
      tooLong(cause);
    } else if (!closing) {
      close((short) cause.closeStatus().code(), "corrupted frame");
    }
  }

  private void tooLong(Throwable cause) {
    tooLong(BatchAdmission.tooLong(String.valueOf(cause.getMessage())));
  }

  /** Nothing can be said of it by name: what would have been taken is all there is to say. */
  void tooLong(Refused refused) {
    if (!closing) {
      publishes.tooLong(refused);
      int most = services.config().maxBatchBytes();
      close(MESSAGE_TOO_BIG, refused.reason() + ": at most " + most + " bytes");
    }
  }

  /** Nothing that comes is taken any more. */
  void close(short code, String reason) {
    closing = true;
    transport.close(code, reason);
  }

  @Override
  public void pause() {
    gate.close(ReadGate.Reason.BROKER);
  }

  @Override
  public void resume() {
    gate.open(ReadGate.Reason.BROKER);
  }

  @Override
  public void flush() {
    publishes.tell();
  }

  @Override
  public void fail(String reason) {
    close(TRY_AGAIN_LATER, reason);
  }
}
