package io.pacewire.ingest;

import static java.lang.System.Logger.Level.DEBUG;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.net.NetSocket;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Between the MQTT codec and vertx-mqtt: holds a client to what the standard says and vertx-mqtt does
 * not look at, resolves topic aliases, and ends who breaks the rules with the standard's reason.
 */
final class MqttProtocol extends ChannelDuplexHandler {
  private static final System.Logger LOG = System.getLogger(MqttProtocol.class.getName());
  private static final long END_WITHIN_S = 5;
  private static final long LINGER_S = 2;
  private static final int NO_VERSION = 0;
  private static final int LEAST_HEADER_BYTES = 2;

  private final TopicAliases aliases;
  private final ReadGate reading;
  private final UnreadWatch unread;
  private final SentBeside beside = new SentBeside();
  private @Nullable MqttConnectMessage connect;
  private int version = NO_VERSION;
  private boolean accepted;
  private boolean ended;
  /** Of a client of MQTT 5 that wants its session to end with the connection, as most do. */
  private boolean sessionEnds;

  private @Nullable CutPublish cut;
  private Consumer<String> tooLarge = text -> {};
  private long lastReadNanos = System.nanoTime();

  /**
   * @param unreadForMs so long a client may not read what is written to it
   * @param held is told of what keeps it from being read
   */
  MqttProtocol(
      NetSocket socket,
      HeldReads heldReads,
      int topicAliasMaximum,
      long unreadForMs,
      Consumer<ReadGate.Reason> held) {
    Runnable resume = () -> {
      lastReadNanos = System.nanoTime(); // who is not read cannot be heard
      socket.resume();
    };
    this.reading = new ReadGate(socket::pause, resume, heldReads, held);
    this.unread = new UnreadWatch(reading, unreadForMs);
    this.aliases = new TopicAliases(topicAliasMaximum);
  }

  /** The CONNECT as it came, once: vertx-mqtt keeps no password that has no user name. */
  @Nullable
  MqttConnectMessage takeConnect() {
    MqttConnectMessage taken = connect;
    connect = null;
    return taken;
  }

  /** Whether it has said no CONNECT yet. */
  boolean waits() {
    return version == NO_VERSION;
  }

  /** Nothing more is taken from the client: vertx-mqtt would call it a fault of ours. */
  void mute() {
    ended = true;
  }

  /** Told of a packet too large to be taken, just before the connection ends for that. */
  void onTooLarge(Consumer<String> told) {
    tooLarge = told;
  }

  /** When something was heard last. */
  long lastReadNanos() {
    return lastReadNanos;
  }

  /** All that comes but the payload of publishes. */
  SentBeside beside() {
    return beside;
  }

  ReadGate reading() {
    return reading;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (ended) {
      ReferenceCountUtil.release(message);
      return;
    }
    lastReadNanos = System.nanoTime();
    if (!(message instanceof MqttMessage packet)) {
      context.fireChannelRead(message);
      return;
    }
    weigh(packet);
    MqttFault fault = packet.decoderResult().isFailure() ? undecodable(packet) : check(packet);
    if (fault != null) {
      ReferenceCountUtil.release(message);
      end(context, fault);
      return;
    }
    ended = packet.fixedHeader() != null
        && packet.fixedHeader().messageType() == MqttMessageType.DISCONNECT;
    try {
      context.fireChannelRead(
          packet instanceof MqttPublishMessage publish ? aliases.resolve(marked(publish)) : packet);
    } catch (MqttFaultException e) {
      ReferenceCountUtil.release(message);
      end(context, e.fault());
    }
  }

  private void weigh(MqttMessage packet) {
    int bytes = packet.fixedHeader() == null ? 0 : packet.fixedHeader().remainingLength();
    if (packet instanceof MqttPublishMessage publish) {
      beside.wrapping(bytes - publish.payload().readableBytes());
    } else {
      beside.packet(bytes + LEAST_HEADER_BYTES);
    }
  }

  private MqttPublishMessage marked(MqttPublishMessage publish) {
    CutPublish was = cut;
    cut = null;
    return was == null ? publish : was.mark(publish);
  }

  /** Null where vertx-mqtt has the answer itself. */
  private static @Nullable MqttFault undecodable(MqttMessage packet) {
    Throwable cause = packet.decoderResult().cause();
    if (cause instanceof MqttUnacceptableProtocolVersionException) {
      return null;
    }
    return new MqttFault(
        cause instanceof TooLongFrameException
            ? MqttDisconnectReasonCode.PACKET_TOO_LARGE
            : MqttDisconnectReasonCode.MALFORMED_PACKET,
        String.valueOf(cause.getMessage()));
  }

  private @Nullable MqttFault check(MqttMessage packet) {
    if (packet instanceof MqttConnectMessage first) {
      if (version != NO_VERSION) {
        return new MqttFault(MqttDisconnectReasonCode.PROTOCOL_ERROR, "a second CONNECT");
      }
      connect = first;
      version = first.variableHeader().version();
      sessionEnds = isVersion5() && expiryS(first.variableHeader().properties()) == 0;
      return null;
    }
    if (version == NO_VERSION) {
      return new MqttFault(MqttDisconnectReasonCode.PROTOCOL_ERROR, "first packet is no CONNECT");
    }
    return sessionEnds
            && packet.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader last
            && expiryS(last.properties()) > 0
        ? new MqttFault( // MQTT 5.0, 3.14.2.2.2
            MqttDisconnectReasonCode.PROTOCOL_ERROR, "a session to be kept that was to end")
        : ClientPackets.fault(packet, isVersion5());
  }

  private static long expiryS(MqttProperties properties) {
    return MqttConnectRequest.number(properties, MqttProperties.SESSION_EXPIRY_INTERVAL, 0);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    context.fireChannelWritabilityChanged();
    unread.changed(context.channel());
  }

  private boolean isVersion5() {
    return version >= MqttDoor.MQTT_5;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof MqttConnAckMessage answer) {
      accepted =
          answer.variableHeader().connectReturnCode() == MqttConnectReturnCode.CONNECTION_ACCEPTED;
    }
    var unused = context.write(message, promise);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof MqttFault fault) {
      end(context, fault);
    } else if (event instanceof CutPublish announced) {
      cut = announced;
    } else {
      context.fireUserEventTriggered(event);
    }
  }

  private void end(ChannelHandlerContext context, MqttFault fault) {
    if (ended) {
      return;
    }
    ended = true;
    LOG.log(DEBUG, "MQTT connection ended: {0}", fault.text());
    if (fault.reason() == MqttDisconnectReasonCode.PACKET_TOO_LARGE) {
      tooLarge.accept(fault.text());
    }
    if (accepted && isVersion5()) {
      MqttMessage farewell =
          MqttMessageBuilders.disconnect().reasonCode(fault.reason().value()).build();
      ChannelFuture sent = context.writeAndFlush(farewell);
      if (fault.isAmidMore()) {
        Runnable end = () -> {
          var unusedHere = context.close();
        };
        var unused = context.executor().schedule(end, LINGER_S, TimeUnit.SECONDS);
      } else {
        var unused = sent.addListener(ChannelFutureListener.CLOSE);
      }
      closeLater(context.channel());
    } else {
      var unused = context.close();
    }
  }

  /** Where the other side does not read, a farewell is never written. */
  static void closeLater(Channel channel) {
    var unused =
        channel.eventLoop().schedule(() -> closeNow(channel), END_WITHIN_S, TimeUnit.SECONDS);
  }

  /** Past the pipeline, which would first like to write goodbyes of its own. */
  static void closeNow(Channel channel) {
    channel.unsafe().close(channel.voidPromise());
  }
}
