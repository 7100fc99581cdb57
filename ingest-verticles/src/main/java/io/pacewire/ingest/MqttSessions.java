package io.pacewire.ingest;

import static java.lang.System.Logger.Level.WARNING;

import io.vertx.core.Future;

/** Begins and resumes sessions. Without Redis devices still send; only nothing is kept of them. */
final class MqttSessions {
  private static final System.Logger LOG = System.getLogger(MqttSessions.class.getName());

  private final MqttSessionStore store;

  MqttSessions(MqttSessionStore store) {
    this.store = store;
  }

  Future<MqttSession> open(Device device, MqttConnectRequest request) {
    MqttSession session =
        new MqttSession(device.deviceId(), request.clientId(), request.sessionExpiryS());
    if (request.assignedId()) {
      session.taken();
      return Future.succeededFuture(session); // nobody had this id before
    }
    return begin(session, request).map(session).recover(cause -> {
      LOG.log(WARNING, "MQTT session not resumed: {0}", cause.getMessage());
      return Future.succeededFuture(
          new MqttSession(device.deviceId(), request.clientId(), request.sessionExpiryS()));
    });
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
