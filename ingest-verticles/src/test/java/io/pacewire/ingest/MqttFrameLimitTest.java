package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MqttFrameLimitTest {
  private static final int MOST = 1_000;

  private static final int ROOM = 4_000_000;

  private final ReadAheadBytes held =
      new ReadAheadBytes(ROOM, "unfinished", new SimpleMeterRegistry());
  private final List<Object> events = new ArrayList<>();
  private final List<MqttFault> faults = new ArrayList<>();
  private final EmbeddedChannel channel =
      new EmbeddedChannel(limit(MOST), new ChannelInboundHandlerAdapter() {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
          events.add(event);
          if (event instanceof MqttFault fault) {
            faults.add(fault);
          }
        }
      });

  private MqttFrameLimit limit(int maxPacketBytes) {
    return new MqttFrameLimit(maxPacketBytes, new ReadAhead(held, null));
  }

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

  private MqttFrameLimit limit = limit(1 << 20);

  private EmbeddedChannel roomy() {
    limit = limit(1 << 20);
    return new EmbeddedChannel(limit, new ChannelInboundHandlerAdapter() {
      @Override
      public void userEventTriggered(ChannelHandlerContext context, Object event) {
        faults.add((MqttFault) event);
      }
    });
  }

  private static byte[] head(byte[] packet) {
    return Arrays.copyOf(packet, 5);
  }

  /** Of a packet in single bytes: the decoder would read it from its beginning with each. */
  @Test
  void aPacketInPieces_isHandedOnOnceAndWhole() {
    byte[] publish = packet(3, 997);
    write(connect(5), 1);
    write(publish, 1);
    assertThat(passedBuffers()).containsExactly(15, publish.length);
  }

  private List<Integer> passedBuffers() {
    List<Integer> sizes = new ArrayList<>();
    for (ByteBuf one = channel.readInbound(); one != null; one = channel.readInbound()) {
      sizes.add(one.readableBytes());
      one.release();
    }
    return sizes;
  }

  @Test
  void whatCameWhole_isNotCopied() {
    ByteBuf segment =
        Unpooled.wrappedBuffer(all(connect(5), packet(3, 400), packet(12, 0), packet(3, 40)));
    channel.writeInbound(segment);
    ByteBuf passed = channel.readInbound();
    assertThat(passed).isSameAs(segment);
    passed.release();
  }

  @Test
  void aPacketThatIsNoBatch_andAConnect_haveABoundOfTheirOwn() {
    for (int type : new int[] {1, 8, 10, 12, 14}) {
      EmbeddedChannel other = roomy();
      faults.clear();
      if (type != 1) {
        other.writeInbound(Unpooled.wrappedBuffer(connect(5)));
      }
      byte[] whole = packet(type, PacketBounds.MOST_BYTES);
      other.writeInbound(Unpooled.wrappedBuffer(head(whole)));
      assertThat(faults)
          .extracting(MqttFault::reason)
          .containsExactly(MqttDisconnectReasonCode.QUOTA_EXCEEDED);
      assertThat(other.finishAndReleaseAll()).isEqualTo(type != 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 100_000})
  void propertiesOfAPublish_areBounded(int cut) {
    byte[] publish = packet(3, 60_000);
    publish[0] = 0x32;
    int properties = 4 + 2 + 5 + 2; // fixed header, topic, packet id
    publish[5] = 5;
    for (int length : new int[] {PacketBounds.MOST_BYTES, PacketBounds.MOST_BYTES + 1}) {
      publish[properties] = (byte) (length | 0x80);
      publish[properties + 1] = (byte) (length >> 7 | 0x80);
      publish[properties + 2] = (byte) (length >> 14);
      EmbeddedChannel other = roomy();
      other.writeInbound(Unpooled.wrappedBuffer(connect(5)));
      for (int from = 0; from < publish.length; from += cut) {
        other.writeInbound(
            Unpooled.copiedBuffer(publish, from, Math.min(cut, publish.length - from)));
      }
      assertThat(faults).hasSize(length - PacketBounds.MOST_BYTES);
      boolean unused = other.finishAndReleaseAll();
    }
    assertThat(faults.get(0).reason()).isEqualTo(MqttDisconnectReasonCode.QUOTA_EXCEEDED);
  }

  @Test
  void filtersOfASubscribe_areBounded() {
    for (int filters : new int[] {PacketBounds.MOST_FILTERS, PacketBounds.MOST_FILTERS + 1}) {
      byte[] subscribe = packet(8, 2 + 4 * filters);
      for (int i = 0; i < filters; i++) {
        subscribe[subscribe.length - 4 * (i + 1) + 1] = 1;
      }
      EmbeddedChannel other = roomy();
      other.writeInbound(Unpooled.wrappedBuffer(all(connect(4), subscribe)));
      assertThat(faults).hasSize(filters - PacketBounds.MOST_FILTERS);
      boolean unused = other.finishAndReleaseAll();
    }
  }

  @Test
  void aPacketThatBegan_hasToEnd_asLongAsItIsRead() {
    EmbeddedChannel other = roomy();
    other.writeInbound(Unpooled.wrappedBuffer(connect(5)));
    long now = System.nanoTime();
    long hour = 3_600_000_000_000L;
    assertThat(limit.isOverdue(true, 1, now + hour)).isFalse(); // there is none
    other.writeInbound(Unpooled.wrappedBuffer(new byte[] {0x30}));
    assertThat(limit.isOverdue(true, 2 * hour, now + hour)).isFalse();
    assertThat(limit.isOverdue(true, hour / 2, now + hour)).isTrue();
    assertThat(limit.isOverdue(false, hour / 2, now + 2 * hour)).isFalse();
    assertThat(limit.isOverdue(true, hour / 2, now + 2 * hour)).isFalse();
    assertThat(limit.isOverdue(true, hour / 2, now + 3 * hour)).isTrue();
    boolean unused = other.finishAndReleaseAll();
  }

  @Test
  void whatWasGathered_isReleasedWithTheConnection() {
    EmbeddedChannel other = roomy();
    UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    other.config().setAllocator(allocator);
    other.writeInbound(Unpooled.wrappedBuffer(connect(5)));
    other.writeInbound(Unpooled.copiedBuffer(packet(3, 900), 0, 500));
    assertThat(allocator.metric().usedHeapMemory()).isBetween(500L, 2_000L);
    assertThat(held.heldBytes()).isEqualTo(allocator.metric().usedHeapMemory());
    boolean unused = other.finishAndReleaseAll();
    assertThat(allocator.metric().usedHeapMemory()).isZero();
    assertThat(held.heldBytes()).isZero();
  }

  /** What is gathered is counted as the memory it takes, and no more of it taken than there is room. */
  @Test
  void whatHasNoRoom_endsTheConnection_andGivesAllOfItBack() {
    UUID athlete = UUID.randomUUID();
    List<EmbeddedChannel> channels = new ArrayList<>();
    int most = ROOM / ReadAheadBytes.PARTS;
    while (faults.isEmpty()) {
      EmbeddedChannel other = roomy();
      channels.add(other);
      other.writeInbound(Unpooled.wrappedBuffer(connect(5)));
      limit.belongsTo(athlete);
      other.writeInbound(Unpooled.copiedBuffer(packet(3, 200_000), 0, 100_000));
      assertThat(held.heldBytes()).isBetween(1L, (long) most);
    }
    assertThat(faults)
        .extracting(MqttFault::reason)
        .containsExactly(MqttDisconnectReasonCode.QUOTA_EXCEEDED);
    assertThat(channels).hasSize(most / 100_000 + 1);
    long before = held.heldBytes();
    EmbeddedChannel first = channels.get(0);
    first.writeInbound(Unpooled.wrappedBuffer(new byte[110_000])); // its end, and a begin
    assertThat(held.heldBytes()).as("it was whole").isLessThan(before);
    channels.forEach(EmbeddedChannel::finishAndReleaseAll);
    assertThat(held.heldBytes()).isZero();
    assertThat(held.athletes()).isZero();
  }

  @Test
  void nothingComesBeforeAConnect_andALengthHasFourBytesAtMost() {
    channel.writeInbound(Unpooled.wrappedBuffer(packet(3, 5)));
    assertThat(faults)
        .extracting(MqttFault::reason)
        .containsExactly(MqttDisconnectReasonCode.PROTOCOL_ERROR);
    EmbeddedChannel other = new EmbeddedChannel(limit(MOST), new ChannelInboundHandlerAdapter() {
      @Override
      public void userEventTriggered(ChannelHandlerContext context, Object event) {
        faults.add((MqttFault) event);
      }
    });
    other.writeInbound(Unpooled.wrappedBuffer(new byte[] {0x10, -1, -1, -1, -1, 1}));
    assertThat(faults.get(1).reason()).isEqualTo(MqttDisconnectReasonCode.MALFORMED_PACKET);
    assertThat(passed()).isZero();
  }

  private static byte[] connect(int version) {
    byte[] id = version == 5 ? new byte[3] : new byte[2]; // behind no properties
    byte[] head = {0x10, (byte) (10 + id.length), 0, 4, 'M', 'Q', 'T', 'T', (byte) version, 2, 0, 30
    };
    return all(head, id);
  }

  /** However the network cuts it. */
  private void write(byte[] stream, int cut) {
    for (int from = 0; from < stream.length; from += cut) {
      channel.writeInbound(
          Unpooled.copiedBuffer(stream, from, Math.min(cut, stream.length - from)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 10_000})
  void ofAPublishOfVersion3TooLong_theBeginningPasses_andWhatComesAfterIt(int cut) {
    byte[] publish = packet(3, 5_000);
    Arrays.fill(publish, 3, publish.length, (byte) 7);
    events.clear();
    write(all(connect(4), packet(3, 30), publish, packet(12, 0), packet(3, 40)), cut);
    assertThat(events).containsExactly(new CutPublish(5_000));
    ByteBuf all = channel.alloc().buffer();
    for (ByteBuf one = channel.readInbound(); one != null; one = channel.readInbound()) {
      all.writeBytes(one);
      one.release();
    }
    byte[] cutOff = packet(3, CutPublish.BYTES);
    Arrays.fill(cutOff, 3, cutOff.length, (byte) 7);
    byte[] expected = all(connect(4), packet(3, 30), cutOff, packet(12, 0), packet(3, 40));
    byte[] passed = new byte[all.readableBytes()];
    all.readBytes(passed);
    all.release();
    assertThat(passed).isEqualTo(expected);
  }

  @Test
  void ofAPublishBeyondAllSense_nothingPasses() {
    channel.writeInbound(Unpooled.wrappedBuffer(connect(4)));
    channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {0x30, -1, -1, -1, 0x7F}));
    assertThat(faults)
        .extracting(MqttFault::reason)
        .containsExactly(MqttDisconnectReasonCode.PACKET_TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 10_000})
  void reservedBitsOfASubscription_areSeen(int cut) {
    byte[] good = {(byte) 0x82, 11, 0, 1, 2, 0x0B, 9, 0, 3, 'a', 'b', 'c', 0x2D};
    byte[] bad = {(byte) 0x82, 13, 0, 1, 0, 0, 1, 'a', 0, 0, 3, 'a', 'b', 'c', 0x40};
    write(all(connect(5), good), cut);
    assertThat(faults).isEmpty();
    write(bad, cut);
    assertThat(faults)
        .extracting(MqttFault::reason)
        .containsExactly(MqttDisconnectReasonCode.MALFORMED_PACKET);
  }

  /** Which has no properties, and no other options than the QoS. */
  @Test
  void reservedBitsOfASubscriptionOfVersion3_areSeen() {
    write(all(connect(4), new byte[] {(byte) 0x82, 6, 0, 1, 0, 1, 'a', 1}), 64);
    assertThat(faults).isEmpty();
    write(new byte[] {(byte) 0x82, 6, 0, 1, 0, 1, 'a', 4}, 64);
    assertThat(faults).hasSize(1);
  }
}
