package io.pacewire.ingest;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.vertx.core.internal.net.NetSocketInternal;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The transport of one MQTT connection, with what we put between it and vertx-mqtt. */
record MqttSocket(
    NetSocketInternal socket,
    HeldReads heldReads,
    MqttFrameLimit frames,
    @Nullable BegunFrames socketFrames,
    MqttProtocol protocol) {
  private static final String DECODER = "mqttDecoder";
  private static final String ENCODER = "mqttEncoder";
  private static final String PROTOCOL = "protocol";
  private static final String HTTP = "httpServerCodec";
  private static final String FRAMES = "bytebuf2wsEncoder";
  static final int TOPIC_ALIAS_MAXIMUM = 16;

  /** Takes a socket over whose pipeline vertx-mqtt has just built. */
  static MqttSocket of(
      NetSocketInternal socket,
      int maxPacketBytes,
      long unreadForMs,
      ReadRoom room,
      Consumer<ReadGate.Reason> held) {
    ChannelPipeline pipeline = socket.channelHandlerContext().pipeline();
    ReadAhead heldAhead = new ReadAhead(room.held(), null);
    HeldReads heldReads = new HeldReads(heldAhead, full -> end(pipeline, heldAhead, full));
    MqttProtocol protocol =
        new MqttProtocol(socket, heldReads, TOPIC_ALIAS_MAXIMUM, unreadForMs, held);
    ReadAhead unfinished = new ReadAhead(room.unfinished(), null);
    MqttFrameLimit frames = new MqttFrameLimit(maxPacketBytes, unfinished);
    BegunFrames socketFrames = null;
    pipeline.addBefore(DECODER, "frameLimit", frames);
    pipeline.addAfter(DECODER, PROTOCOL, protocol);
    if (pipeline.get(FRAMES) != null) {
      // No compression: a small frame could become any amount of memory.
      var unusedExtensions = pipeline.remove("webSocketExtensionHandler");
      var unusedDecoder = pipeline.remove("ws2bytebufDecoder");
      var unusedEncoder = pipeline.replace(FRAMES, "webSocketPackets", new WebSocketPackets());
      socketFrames = new BegunFrames(
          unfinished, false, protocol::waits, full -> end(pipeline, unfinished, full));
      pipeline.addBefore(HTTP, "begunFrames", socketFrames);
      pipeline.addBefore(
          "webSocketHandler", "webSocketFrames", weighing(protocol.beside(), socketFrames));
    }
    pipeline.addBefore(socketFrames == null ? "frameLimit" : "begunFrames", "heldReads", heldReads);
    return new MqttSocket(socket, heldReads, frames, socketFrames, protocol);
  }

  private static void end(ChannelPipeline pipeline, ReadAhead ahead, ReadAheadLimit full) {
    if (ahead.isNobodys()) {
      MqttProtocol.closeNow(pipeline.channel());
    } else {
      pipeline.context(DECODER).fireUserEventTriggered(MqttFault.of(full));
    }
  }

  /** Whose connection it is. */
  void belongsTo(UUID athlete) {
    heldReads.belongsTo(athlete);
    frames.belongsTo(athlete);
  }

  /** A packet, or a frame around it, that began and does not end. */
  boolean isDripping(long withinNanos, long nowNanos) {
    boolean isRead = reading().isOpen();
    return frames.isOverdue(isRead, withinNanos, nowNanos)
        || (socketFrames != null && socketFrames.isOverdue(isRead, withinNanos, nowNanos));
  }

  /** Pings, which the handler behind answers by itself, and what is around the packets. */
  private static ChannelInboundHandlerAdapter weighing(SentBeside beside, BegunFrames begun) {
    StreamFrames frames = new StreamFrames(beside, () -> {}); // text is ended further on
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext read, Object message) {
        if (message instanceof WebSocketFrame frame) {
          begun.decoded(frame);
          boolean unused = frames.takes(frame);
        } else {
          begun.requested();
        }
        read.fireChannelRead(message);
      }
    };
  }

  ReadGate reading() {
    return protocol.reading();
  }

  /** Instead of vertx-mqtt's keep-alive, which also closes who is silent as we do not read. */
  void keepAliveOurselves() {
    ChannelPipeline pipeline = socket.channelHandlerContext().pipeline();
    for (String handler : new String[] {"idle", "keepAliveHandler"}) {
      try {
        var unused = pipeline.remove(handler);
      } catch (NoSuchElementException e) {
        // with a keep-alive of 0 there is none
      }
    }
  }

  /** For bytes that are MQTT already. */
  ChannelHandlerContext encoder() {
    return channel().pipeline().context(ENCODER);
  }

  /** For packets, past the queue that Vert.x keeps for its own. */
  ChannelHandlerContext packets() {
    return channel().pipeline().context(PROTOCOL);
  }

  Channel channel() {
    return socket.channelHandlerContext().channel();
  }
}
