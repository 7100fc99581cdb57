package io.pacewire.bench.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One QoS 1 subscriber to everything, of peers alone. Credits a message to the connection that sent it
 * when it comes for the first time; acknowledges each. MQTT 3.1.1.
 */
final class LoadSubscriber extends ByteToMessageDecoder {
  private static final String FILTER = "v1/sessions/#";
  private static final int CONNACK = 2;
  private static final int PUBLISH = 3;
  private static final int SUBACK = 9;
  private static final int SUBSCRIBE = 0x82;
  private static final int PUBACK = 0x40;
  private static final int LAST_OF_UUID = "v1/sessions/00000000-0000-0000-0000-".length();
  private static final int HEX_DIGITS = 12;

  private final List<Messages> messages;
  private final List<LoadConnection> connections;
  private final BitSet[] seen;
  private final int[] fresh;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final AtomicLong repeated = new AtomicLong();
  private volatile @Nullable String fault;
  private volatile @Nullable ChannelHandlerContext context;

  LoadSubscriber(List<Messages> messages, List<LoadConnection> connections) {
    this.messages = messages;
    this.connections = connections;
    this.seen = new BitSet[messages.size()];
    this.fresh = new int[messages.size()];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = new BitSet();
    }
  }

  CompletableFuture<Void> ready() {
    return ready;
  }

  /** How many came more than once. */
  long repeated() {
    return repeated.get();
  }

  @Nullable
  String fault() {
    return fault;
  }

  /** Returns when it is gone: who is left behind would have a share of all that others send later. */
  void close() throws InterruptedException {
    ChannelHandlerContext open = context;
    if (open != null) {
      var unused = open.close().sync();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    ByteBuf out = ctx.alloc().buffer();
    MqttSpeech.connect(out, MqttSpeech.VERSION_3, "subscriber-" + System.nanoTime(), null);
    var unused = ctx.writeAndFlush(out);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> ignored) {
    ByteBuf out = ctx.alloc().ioBuffer();
    while (in.isReadable(2)) {
      int start = in.readerIndex();
      int type = in.readByte() >> 4 & 0xF;
      int length = MqttSpeech.length(in);
      if (length < 0 || !in.isReadable(length)) {
        in.readerIndex(start);
        break;
      }
      int end = in.readerIndex() + length;
      packet(type, in, end, out);
      in.readerIndex(end);
    }
    var unused = ctx.writeAndFlush(out, ctx.voidPromise());
    eachFresh(connection -> {
      connections.get(connection).delivered(fresh[connection]);
      fresh[connection] = 0;
    });
  }

  private void eachFresh(IntConsumer credit) {
    for (int i = 0; i < fresh.length; i++) {
      if (fresh[i] > 0) {
        credit.accept(i);
      }
    }
  }

  private void packet(int type, ByteBuf in, int end, ByteBuf out) {
    if (type == CONNACK && in.getByte(in.readerIndex() + 1) == 0) {
      byte[] filter = FILTER.getBytes(UTF_8);
      out.writeByte(SUBSCRIBE);
      MqttSpeech.length(out, 2 + 2 + filter.length + 1);
      out.writeShort(1);
      MqttSpeech.text(out, filter);
      out.writeByte(1);
    } else if (type == SUBACK && in.getByte(in.readerIndex() + 2) == 1) {
      ready.complete(null);
    } else if (type == PUBLISH) {
      int topicLength = in.readUnsignedShort();
      int connection = connection(in);
      in.skipBytes(topicLength);
      int id = in.readUnsignedShort();
      credit(connection, in, end);
      out.writeByte(PUBACK).writeByte(2).writeShort(id);
    } else {
      fault = "unexpected packet of type " + type;
      ready.completeExceptionally(new IllegalStateException(fault));
    }
  }

  private static int connection(ByteBuf in) {
    int number = 0;
    int from = in.readerIndex() + LAST_OF_UUID;
    for (int i = 0; i < HEX_DIGITS; i++) {
      number = number << 4 | Character.digit(in.getByte(from + i), 16);
    }
    return number;
  }

  private void credit(int connection, ByteBuf in, int end) {
    Messages of = messages.get(connection);
    int number = of.number(in, in.readerIndex(), end - in.readerIndex());
    if (number < 0) {
      fault = "a message that nobody sent";
    } else if (seen[connection].get(number)) {
      long unused = repeated.incrementAndGet();
    } else {
      seen[connection].set(number);
      fresh[connection]++;
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    fault = fault == null ? "subscriber's connection closed" : fault;
    ready.completeExceptionally(new IllegalStateException(fault));
  }
}
