package io.pacewire.ingest;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.pacewire.ingest.Admission.Refused;
import io.pacewire.ingest.MqttSession.Recording;
import io.pacewire.wire.LedgerEntry;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import org.jspecify.annotations.Nullable;

/** One device's MQTT connection, from its CONNACK to its end. Used from its event loop alone. */
final class MqttDoor implements Door {
  static final int MQTT_5 = 5;
  static final int MQTT_3_1_1 = 4;

  private final MqttEndpoint endpoint;
  private final MqttSocket socket;
  private final MqttServices services;
  private final MqttSession session;
  private final MqttConnectRequest request;
  private final MqttAcks acks;
  private final MqttPublishes publishes;
  private final MqttListening listening;
  private final Turnstile turnstile;
  private MqttIdentity identity;
  private @Nullable Recording lastRecording;

  MqttDoor(MqttEndpoint endpoint, MqttSocket socket, MqttServices services, MqttGuest guest) {
    this.endpoint = endpoint;
    this.socket = socket;
    this.services = services;
    this.session = guest.session();
    this.request = guest.request();
    this.identity = guest.identity();
    this.acks = new MqttAcks(endpoint, socket, request);
    this.turnstile = services
        .turnstiles()
        .open(Turnstiles.Kind.MQTT, identity.device(), socket.reading().quota());
    this.publishes = new MqttPublishes(this, request, services, acks);
    this.listening = new MqttListening(
        services, session, new MqttOutbox(endpoint, socket, request), () -> this.identity.token());
  }

  /** Takes what the client sends from now on. */
  void open() {
    socket.belongsTo(identity.device().athleteId());
    endpoint.publishAutoAck(false);
    endpoint.subscriptionAutoAck(false);
    endpoint.publishHandler(publishes::receive);
    endpoint.publishReleaseHandler(acks::release);
    socket.protocol().beside().onCharge(turnstile::beside);
    socket.protocol().onTooLarge(publishes::tooLarge);
    listening.open(endpoint, socket, this::spend);
    services.publisher().loop().open(this);
  }

  /** What a resumed session is subscribed to goes on by itself. */
  void goOn() {
    listening.goOn();
  }

  /** After the connection ended, however it did. */
  void closed() {
    listening.closed();
    turnstile.close();
    services.publisher().loop().closed(this);
  }

  Device device() {
    return identity.device();
  }

  void renewed(MqttIdentity renewed) {
    identity = renewed;
  }

  /** What the limits make of a batch that came. */
  Admission pass(Admission made, int bytes) {
    return turnstile.pass(made, bytes);
  }

  /** The same for one that had to wait. */
  Admission passAgain(Admission.Admitted made, int bytes) {
    return turnstile.passAgain(made, bytes);
  }

  boolean isOpen() {
    return endpoint.isConnected();
  }

  void refusedLater(Refused refused) {
    turnstile.refusedLater(refused);
  }

  /** Something that is no batch, and costs as one. */
  void spend(int bytes) {
    turnstile.spend(bytes);
  }

  /** Whether what is told when the connection is gone is still within the limits; it costs as a batch. */
  boolean mayTell(int bytes) {
    return turnstile.maySpend(bytes);
  }

  /** Whether what came as no batch is to be kept for an operator. */
  boolean mayKeep(Refused refused) {
    return turnstile.mayKeep(refused, 0);
  }

  /** A recording whose ledger is told after a reconnect. */
  void recording(Recording recording) {
    if (!recording.equals(lastRecording)) {
      lastRecording = recording;
      if (session.remember(recording)) {
        listening.keepSoon();
      }
    }
  }

  void keepIfOld(long nowMs) {
    listening.keepIfOld(nowMs);
  }

  void tell(LedgerEntry entry) {
    listening.tell(entry);
  }

  void warn(long tokenExpiresAtMs) {
    listening.warn(tokenExpiresAtMs);
  }

  /** Ends the connection; MQTT 5 is told why. */
  void close(MqttDisconnectReasonCode reason) {
    if (endpoint.isConnected()) {
      socket.protocol().mute();
      endpoint.disconnect(reason, MqttProperties.NO_PROPERTIES);
      MqttProtocol.closeLater(socket.channel());
    }
  }

  /** Three halves of the keep-alive without a sign, while we did read (MQTT 5.0, 3.1.2.10). */
  boolean isSilent(long nowNanos) {
    long mostNanos = request.keepAliveS() * 1_500_000_000L;
    return mostNanos > 0
        && socket.reading().isOpen()
        && nowNanos - socket.protocol().lastReadNanos() > mostNanos;
  }

  /** A packet that began and does not end. */
  boolean isDripping(long nowNanos) {
    return socket.isDripping(services.config().packetWithinS() * 1_000_000_000L, nowNanos);
  }

  void holdWindow() {
    socket.reading().close(ReadGate.Reason.WINDOW);
  }

  void releaseWindow() {
    socket.reading().open(ReadGate.Reason.WINDOW);
  }

  @Override
  public void pause() {
    socket.reading().close(ReadGate.Reason.BROKER);
  }

  @Override
  public void resume() {
    socket.reading().open(ReadGate.Reason.BROKER);
  }

  @Override
  public void flush() {
    if (endpoint.isConnected()) {
      acks.flush();
      publishes.flushed();
    }
  }

  @Override
  public void fail(String reason) {
    close(MqttDisconnectReasonCode.SERVER_BUSY);
  }
}
