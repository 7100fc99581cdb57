package io.pacewire.ingest;

import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.platform.live.ConnectionOwners;
import io.vertx.core.Future;

/** Begins and resumes sessions. Without Redis devices still send; only nothing is kept of them. */
final class MqttSessions {
  private static final System.Logger LOG = System.getLogger(MqttSessions.class.getName());

  private final MqttSessionStore store;

  MqttSessions(MqttSessionStore store) {
    this.store = store;
  }

  /**
   * Fails where the connection was overtaken meanwhile.
   *
   * @param claim of the connection to its client id
   */
  Future<MqttSession> open(
      Device device, MqttConnectRequest request, ConnectionOwners.Claim claim) {
    MqttSession session = session(device, request, claim);
    if (request.assignedId()) {
      session.taken();
      return Future.succeededFuture(session); // nobody had this id before
    }
    return begin(session, request).map(session).recover(cause -> {
      if (session.isOvertaken()) {
        return Future.failedFuture(cause);
      }
      LOG.log(WARNING, "MQTT session not resumed: {0}", cause.getMessage());
      return Future.succeededFuture(session(device, request, claim));
    });
  }

  private static MqttSession session(
      Device device, MqttConnectRequest request, ConnectionOwners.Claim claim) {
    return new MqttSession(device.deviceId(), request.clientId(), request.sessionExpiryS(), claim);
  }

  private Future<Void> begin(MqttSession session, MqttConnectRequest request) {
    Future<Void> before = request.cleanStart()
        ? Future.succeededFuture()
        : store.find(session.deviceId(), session.clientId()).map(left -> {
          left.ifPresent(session::resume);
          return null;
        });
    return before.compose(done -> store.take(session));
  }
}
