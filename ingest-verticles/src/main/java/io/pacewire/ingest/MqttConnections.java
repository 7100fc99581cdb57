package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.pacewire.platform.live.ConnectionOwners;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.SocketAddress;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets devices in over MQTT: the token decides, and what a connection may do is wired here. One for
 * each event loop.
 */
final class MqttConnections {
  private static final System.Logger LOG = System.getLogger(MqttConnections.class.getName());

  private static final long GONE_WITHIN_S = 2;

  private final MqttServices services;
  private final MqttSessions sessions;
  private final WillTeller wills;
  private final Map<MqttDoor, MqttTokenAuth> doors = new LinkedHashMap<>();
  private @Nullable Promise<Void> empty;

  MqttConnections(MqttServices services) {
    this.services = services;
    this.wills = new WillTeller(services);
    this.sessions = new MqttSessions(services.sessions());
  }

  /** @param socket null where it closed meanwhile */
  void connect(MqttEndpoint endpoint, @Nullable MqttSocket socket) {
    MqttConnectMessage connect = socket == null ? null : socket.protocol().takeConnect();
    if (socket == null || connect == null) {
      endpoint.close();
      return;
    }
    socket.reading().close(ReadGate.Reason.CONNECTING);
    socket.keepAliveOurselves();
    endpoint.exceptionHandler(cause -> LOG.log(DEBUG, "MQTT: {0}", cause.getMessage()));
    MqttConnectRequest request =
        MqttConnectRequest.of(connect, endpoint.auth(), services.config().mqtt());
    verify(request, endpoint.remoteAddress())
        .compose(identity -> admit(endpoint, socket, request, identity))
        .onFailure(cause -> refuse(endpoint, socket, request, cause));
  }

  /** Whoever has the client id now goes first, on whichever node (MQTT 5.0, 3.1.4, 4). */
  private Future<Void> admit(
      MqttEndpoint endpoint, MqttSocket socket, MqttConnectRequest request, MqttIdentity identity) {
    Device device = identity.device();
    LastWill will = LastWill.of(endpoint.will(), device);
    return services
        .owners()
        .claim(device.client(request.clientId()), () -> takenOver(endpoint, socket))
        .recover(cause -> Future.failedFuture(MqttRefusal.of(
            MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_BUSY, "a newer connection came")))
        .compose(claim -> placed(claim, device, socket))
        .compose(claim -> sessions
            .open(device, request, claim)
            .onFailure(cause -> claim.release())
            .map(session -> {
              accept(endpoint, socket, new MqttGuest(request, identity, session, will, claim));
              return null;
            }));
  }

  /** A place for as long as the socket is open. */
  private Future<ConnectionOwners.Claim> placed(
      ConnectionOwners.Claim claim, Device device, MqttSocket socket) {
    if (services.turnstiles().place(Turnstiles.Kind.MQTT, device, socket.channel())) {
      return Future.succeededFuture(claim);
    }
    claim.release();
    return Future.failedFuture(new MqttRefusal(
        MqttConnectReturnCode.CONNECTION_REFUSED_QUOTA_EXCEEDED,
        MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE,
        "the device has too many connections"));
  }

  private static void takenOver(MqttEndpoint endpoint, MqttSocket socket) {
    if (endpoint.isConnected()) {
      socket.protocol().mute();
      endpoint.disconnect(
          MqttDisconnectReasonCode.SESSION_TAKEN_OVER, MqttProperties.NO_PROPERTIES);
      MqttProtocol.closeLater(socket.channel()); // its place is the newer one's soon
    } else {
      var unused = socket.channel().close();
    }
  }

  private Future<MqttIdentity> verify(MqttConnectRequest request, SocketAddress from) {
    String token = request.token();
    return Future.succeededFuture()
        .compose(begin -> {
          request.check();
          return services.tokens().verify(token, from);
        })
        .map(device -> new MqttIdentity(device, String.valueOf(token)));
  }

  private static void refuse(
      MqttEndpoint endpoint, MqttSocket socket, MqttConnectRequest request, Throwable cause) {
    LOG.log(DEBUG, "MQTT connect refused: {0}", cause.getMessage());
    if (socket.channel().isActive()) {
      MqttRefusal refusal = MqttRefusal.of(cause);
      socket.protocol().mute();
      endpoint.reject(refusal.code(request.version()));
    }
  }

  private void accept(MqttEndpoint endpoint, MqttSocket socket, MqttGuest guest) {
    assert socket.channel().eventLoop().inEventLoop() : "on another event loop than the connection";
    if (!socket.channel().isActive()) {
      guest.claim().release();
      new MqttFarewell(services, wills, guest.session(), null).closed(); // it was never let in
      return;
    }
    String client = guest.identity().device().client(guest.request().clientId());
    MqttConnectRequest request = guest.request();
    wills.cameBack(client, request.cleanStart());
    MqttFarewell farewell = new MqttFarewell(services, wills, guest.session(), guest.will());
    endpoint.setClientIdentifier(request.clientId());
    MqttDoor door = new MqttDoor(endpoint, socket, services, guest);
    ConnectionOwners.Claim claim = guest.claim(); // so that the guest is not kept
    MqttTokenAuth auth = new MqttTokenAuth(endpoint, request, services, door);
    endpoint.disconnectMessageHandler(farewell::said);
    endpoint.closeHandler(closed -> {
      doors.remove(door);
      auth.closed();
      farewell.charge(door::mayTell); // while its limits are held
      door.closed();
      claim.release();
      farewell.closed();
      whenEmpty();
    });
    doors.put(door, auth);
    door.open();
    auth.open();
    endpoint.accept(
        guest.session().isPresent(), MqttConnAck.properties(request, services.config()));
    door.goOn();
    socket.reading().open(ReadGate.Reason.CONNECTING);
  }

  /** Every second: ends who has not been heard or let in for too long, keeps the others' sessions. */
  void sweep() {
    long now = System.nanoTime();
    List<MqttDoor> silent =
        doors.keySet().stream().filter(door -> door.isSilent(now)).toList();
    silent.forEach(door -> door.close(MqttDisconnectReasonCode.KEEP_ALIVE_TIMEOUT));
    List<MqttDoor> dripping =
        doors.keySet().stream().filter(door -> door.isDripping(now)).toList();
    dripping.forEach(door -> {
      services.turnstiles().readRoom().unfinished().ended(ReadAheadLimit.TIME);
      door.close(MqttDisconnectReasonCode.QUOTA_EXCEEDED);
    });
    long nowMs = services.clock().millis();
    doors.keySet().forEach(door -> door.keepIfOld(nowMs));
    List.copyOf(doors.values()).forEach(auth -> auth.look(nowMs, now));
  }

  /** The node goes: devices are told, and come back elsewhere. */
  void closeAll() {
    List.copyOf(doors.keySet())
        .forEach(door -> door.close(MqttDisconnectReasonCode.SERVER_SHUTTING_DOWN));
  }

  /** After their servers have closed: what the last connections leave behind is left. */
  Future<Void> leave() {
    Promise<Void> gone = Promise.promise();
    empty = gone;
    whenEmpty();
    return gone.future().timeout(GONE_WITHIN_S, TimeUnit.SECONDS).eventually(wills::leaveAll);
  }

  private void whenEmpty() {
    if (empty != null && doors.isEmpty()) {
      boolean unused = empty.tryComplete();
    }
  }

  /** Every few seconds: wills that nodes which stopped have left. */
  void lookForWills() {
    wills.look();
  }

  int size() {
    return doors.size();
  }
}
