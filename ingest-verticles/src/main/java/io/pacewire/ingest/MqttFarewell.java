package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.vertx.core.Future;
import io.vertx.mqtt.messages.MqttDisconnectMessage;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What happens when a connection ends: the session is left for its time, and the will is told unless
 * the client said goodbye, or comes back before its delay is over. Where too many wills wait, one more is
 * told at once.
 */
final class MqttFarewell {
  private static final System.Logger LOG = System.getLogger(MqttFarewell.class.getName());

  private final MqttServices services;
  private final WillTeller wills;
  private final MqttSession session;
  private final IngestConfig config;
  private final long openedNanos = System.nanoTime();
  private @Nullable LastWill will;

  MqttFarewell(
      MqttServices services, WillTeller wills, MqttSession session, @Nullable LastWill will) {
    this.services = services;
    this.wills = wills;
    this.session = session;
    this.config = services.config();
    this.will = will;
  }

  /** The client says goodbye (MQTT 5.0, 3.14). */
  void said(MqttDisconnectMessage message) {
    if (message.code() == MqttDisconnectReasonCode.NORMAL) {
      will = null;
    }
    MqttProperties properties = message.properties();
    long expiryS = MqttConnectRequest.number(
        properties, MqttProperties.SESSION_EXPIRY_INTERVAL, session.expiryS());
    if (session.isKept()) { // one that was to end with its connection cannot be kept now
      session.expiryS(Math.min(expiryS, config.mqtt().sessionMaxS()));
    }
  }

  /** A will costs as a batch: a device far over its limits has none told. */
  void charge(IntPredicate mayTell) {
    if (will != null && !mayTell.test(will.presence().payload().length)) {
      LOG.log(DEBUG, "a will is over the limits");
      will = null;
    }
  }

  void closed() {
    Future<Void> left = services.sessions().leave(session);
    discard(left);
    LastWill last = will;
    if (last == null) {
      return;
    }
    wills.left(session, last.presence(), openedNanos, Math.min(last.delayS(), session.expiryS()));
  }

  private static void discard(Future<Void> done) {
    done.onFailure(cause -> LOG.log(DEBUG, "MQTT session: {0}", cause.getMessage()));
  }
}
