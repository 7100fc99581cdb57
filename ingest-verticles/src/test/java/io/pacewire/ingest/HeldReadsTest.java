package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeldReadsTest {
  private static final int LITTLE = 1_024;
  private static final int MUCH = 65_536;

  private final ReadAheadBytes all =
      new ReadAheadBytes(ReadAheadBytes.PARTS * MUCH, "held", new SimpleMeterRegistry());
  private final List<ReadAheadLimit> full = new ArrayList<>();
  private final UUID athlete = UUID.randomUUID();
  private int asked;
  private int passed;
  private boolean holdsNext;

  private final HeldReads reads = new HeldReads(new ReadAhead(all, athlete), full::add);
  private final EmbeddedChannel channel = new EmbeddedChannel(
      new ChannelOutboundHandlerAdapter() {
        @Override
        public void read(ChannelHandlerContext context) {
          asked++;
          context.read();
        }
      },
      reads,
      new ChannelInboundHandlerAdapter() {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
          passed++;
          ((ByteBuf) message).release();
          if (holdsNext) {
            holdsNext = false;
            reads.hold();
          }
        }
      });

  /** Whether the next read is asked for, as after each that came. */
  private boolean comes(int bytes) {
    channel.writeInbound(Unpooled.wrappedBuffer(new byte[bytes]));
    return isRead();
  }

  private boolean isRead() {
    int before = asked;
    channel.read();
    return asked > before;
  }

  @Test
  void whoIsNotHeld_isReadAndNotCounted() {
    for (int i = 0; i < 100; i++) {
      assertThat(comes(MUCH)).isTrue();
    }
    assertThat(passed).isEqualTo(100);
    assertThat(all.heldBytes()).isZero();
    assertThat(all.athletes()).isZero();
  }

  @Test
  void aLittle_isReadOfWhoIsHeld_andNoMore() {
    reads.hold();
    for (int i = 0; i < HeldReads.UNCOUNTED_BYTES / LITTLE; i++) {
      assertThat(comes(LITTLE)).isTrue();
    }
    assertThat(all.heldBytes()).isZero();
    assertThat(comes(LITTLE)).isFalse();
    assertThat(channel.config().isAutoRead()).isFalse();
    assertThat(all.heldBytes()).isEqualTo(LITTLE);
  }

  /** It may be the whole message that brought its sender over a limit, of which nothing is held. */
  @Test
  void whatBroughtItToBeHeld_isCounted_andALittleIsReadBehindIt() {
    holdsNext = true;
    assertThat(comes(MUCH / 2)).isTrue();
    assertThat(all.heldBytes()).isEqualTo(MUCH / 2 - HeldReads.UNCOUNTED_BYTES);
    assertThat(comes(LITTLE)).isTrue();
    assertThat(comes(HeldReads.UNCOUNTED_BYTES)).isFalse();
    assertThat(all.heldBytes()).isEqualTo(MUCH / 2 + LITTLE);
  }

  @Test
  void whatIsHeld_isGivenBack_whenItIsLetOn_andReadingGoesOn() {
    reads.hold();
    assertThat(comes(MUCH)).isFalse();
    assertThat(all.heldBytes()).isEqualTo(MUCH - HeldReads.UNCOUNTED_BYTES);
    int before = asked;
    reads.letOn();
    assertThat(asked).as("not before what is held is handed on").isEqualTo(before);
    channel.runPendingTasks();
    assertThat(asked).isGreaterThan(before);
    assertThat(channel.config().isAutoRead()).isTrue();
    assertThat(all.heldBytes()).isZero();
    assertThat(comes(MUCH)).isTrue();
  }

  @Test
  void whoIsHeldAgainMeanwhile_isNotReadAndStaysCounted() {
    reads.hold();
    assertThat(comes(MUCH)).isFalse();
    reads.letOn();
    reads.hold();
    channel.runPendingTasks();
    assertThat(isRead()).isFalse();
    assertThat(all.heldBytes()).isEqualTo(MUCH - HeldReads.UNCOUNTED_BYTES);
  }

  @Test
  void whoIsLetOnTwice_goesOnAfterTheSecond() {
    reads.hold();
    assertThat(comes(MUCH)).isFalse();
    reads.letOn();
    AtomicLong between = new AtomicLong();
    channel.eventLoop().execute(() -> between.set(all.heldBytes()));
    reads.hold();
    reads.letOn();
    channel.runPendingTasks();
    assertThat(between).as("behind the first, and before the second").hasPositiveValue();
    assertThat(all.heldBytes()).isZero();
    assertThat(isRead()).isTrue();
  }

  @Test
  void whatIsStillRead_isCountedToo() { // as TLS does, for a record that is not whole
    reads.hold();
    assertThat(comes(LITTLE)).isTrue();
    assertThat(comes(MUCH / 2)).isFalse();
    assertThat(comes(LITTLE)).isFalse();
    assertThat(all.heldBytes()).isEqualTo(2 * LITTLE + MUCH / 2 - HeldReads.UNCOUNTED_BYTES);
  }

  @Test
  void whoHasNoRoom_isToldOnce_andReadToBeThrownAway() {
    assertThat(new ReadAhead(all, athlete).change(MUCH)).isNull();
    reads.hold();
    assertThat(comes(LITTLE)).isTrue();
    assertThat(comes(MUCH)).isTrue();
    assertThat(comes(MUCH)).isTrue();
    assertThat(full).containsExactly(ReadAheadLimit.ATHLETE_BYTES);
    assertThat(passed).isEqualTo(2);
    assertThat(all.heldBytes()).isEqualTo(MUCH);
  }

  @Test
  void withTheConnection_nothingIsHeldAnyMore() {
    reads.hold();
    assertThat(comes(MUCH)).isFalse();
    reads.letOn();
    var unused = channel.close();
    assertThat(all.heldBytes()).isZero();
    assertThat(all.athletes()).isZero();
    reads.hold();
    reads.letOn();
  }
}
