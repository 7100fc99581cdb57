package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MqttFrameLimitTest {
  private static final int MOST = 1_000;
  private static final int MOST_CONNECT = 100;

  private final List<MqttFault> faults = new ArrayList<>();
  private final EmbeddedChannel channel = new EmbeddedChannel(
      new MqttFrameLimit(MOST_CONNECT, MOST), new ChannelInboundHandlerAdapter() {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
          faults.add((MqttFault) event);
        }
      });

  private static byte[] packet(int type, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(type << 4);
    int left = length;
    do {
      out.write((left & 0x7F) | (left > 0x7F ? 0x80 : 0));
      left >>= 7;
    } while (left > 0);
    out.writeBytes(new byte[length]);
    return out.toByteArray();
  }

  private static byte[] all(byte[]... packets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] one : packets) {
      out.writeBytes(one);
    }
    return out.toByteArray();
  }

  private int passed() {
    int bytes = 0;
    for (ByteBuf one = channel.readInbound(); one != null; one = channel.readInbound()) {
      bytes += one.readableBytes();
      one.release();
    }
    return bytes;
  }

  /** However the network cuts it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 10_000})
  void packetsWithinTheirBounds_passUntouched(int cut) {
    byte[] stream =
        all(packet(1, 98), packet(12, 0), packet(3, 997), packet(3, 200), packet(12, 0));
    for (int from = 0; from < stream.length; from += cut) {
      channel.writeInbound(
          Unpooled.copiedBuffer(stream, from, Math.min(cut, stream.length - from)));
    }
    assertThat(faults).isEmpty();
    assertThat(passed()).isEqualTo(stream.length);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 10_000})
  void oneThatIsTooLong_endsIt_andOnlyWhatCameBeforePasses(int cut) {
    byte[] good = all(packet(1, 20), packet(3, 30));
    byte[] stream = all(good, packet(3, 998), packet(12, 0));
    for (int from = 0; from < stream.length; from += cut) {
      channel.writeInbound(
          Unpooled.copiedBuffer(stream, from, Math.min(cut, stream.length - from)));
    }
    assertThat(faults)
        .extracting(MqttFault::reason)
        .containsExactly(MqttDisconnectReasonCode.PACKET_TOO_LARGE);
    assertThat(passed()).isBetween(good.length, good.length + 2);
  }

  @Test
  void aConnect_hasABoundOfItsOwn() {
    channel.writeInbound(Unpooled.wrappedBuffer(packet(1, 99)));
    assertThat(faults)
        .extracting(MqttFault::reason)
        .containsExactly(MqttDisconnectReasonCode.PACKET_TOO_LARGE);
  }

  @Test
  void nothingComesBeforeAConnect_andALengthHasFourBytesAtMost() {
    channel.writeInbound(Unpooled.wrappedBuffer(packet(3, 5)));
    assertThat(faults)
        .extracting(MqttFault::reason)
        .containsExactly(MqttDisconnectReasonCode.PROTOCOL_ERROR);
    EmbeddedChannel other = new EmbeddedChannel(
        new MqttFrameLimit(MOST_CONNECT, MOST), new ChannelInboundHandlerAdapter() {
          @Override
          public void userEventTriggered(ChannelHandlerContext context, Object event) {
            faults.add((MqttFault) event);
          }
        });
    other.writeInbound(Unpooled.wrappedBuffer(new byte[] {0x10, -1, -1, -1, -1, 1}));
    assertThat(faults.get(1).reason()).isEqualTo(MqttDisconnectReasonCode.MALFORMED_PACKET);
    assertThat(passed()).isZero();
  }
}
