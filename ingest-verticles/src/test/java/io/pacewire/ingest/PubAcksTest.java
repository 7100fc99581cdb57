package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What leaves a connection for its publishes, byte by byte. */
class PubAcksTest {
  private static final byte QUOTA_EXCEEDED = (byte) 0x97;

  private int flushes;
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final PubAcks acks;

  PubAcksTest() {
    channel
        .pipeline()
        .addLast("flushes", new ChannelOutboundHandlerAdapter() {
          @Override
          public void flush(ChannelHandlerContext context) {
            flushes++;
            context.flush();
          }
        })
        .addLast("mqttEncoder", MqttEncoder.INSTANCE)
        .addLast("protocol", new ChannelInboundHandlerAdapter());
    acks = new PubAcks(
        channel.pipeline().context("mqttEncoder"), channel.pipeline().context("protocol"));
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(channel.finishAndReleaseAll()).isFalse();
  }

  private String written() {
    ByteBuf buffer = channel.readOutbound();
    String hex = ByteBufUtil.hexDump(buffer);
    buffer.release();
    return hex;
  }

  @Test
  void acksOfATurn_areOneBuffer_andOneFlush() {
    acks.success(1);
    acks.success(0x1234);
    acks.success(65_535);
    assertThat(channel.outboundMessages()).as("before the turn ends").isEmpty();
    acks.flush();
    assertThat(written()).isEqualTo("40020001" + "40021234" + "4002ffff");
    assertThat(flushes).isEqualTo(1);
  }

  @Test
  void moreThanUsual_areOneBufferAllTheSame() {
    StringBuilder expected = new StringBuilder();
    for (int id = 1; id <= 1_000; id++) {
      acks.success(id);
      expected.append("4002%04x".formatted(id));
    }
    acks.flush();
    assertThat(written()).isEqualTo(expected.toString());
    assertThat(flushes).isEqualTo(1);
  }

  @Test
  void aRefusal_staysBetweenWhatCameBeforeAndAfterIt() {
    // By what it sees of a CONNECT the codec knows that reasons may be told.
    assertThat(channel.writeOutbound(new RawClient.Connect("a token").message()))
        .isTrue();
    assertThat(written()).startsWith("10");
    acks.success(1);
    acks.refusal(2, QUOTA_EXCEEDED, MqttProperties.NO_PROPERTIES);
    acks.success(3);
    acks.flush();
    assertThat(written()).isEqualTo("40020001");
    assertThat(written()).isEqualTo("4004" + "0002" + "97" + "00");
    assertThat(written()).isEqualTo("40020003");
  }

  @Test
  void flushingNothing_writesNothing() {
    acks.flush();
    assertThat(flushes).isZero();
    acks.success(9);
    acks.flush();
    acks.flush();
    assertThat(written()).isEqualTo("40020009");
    assertThat(flushes).isEqualTo(1);
  }
}
