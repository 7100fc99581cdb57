package io.pacewire.bench.ingest;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One device: keeps its window full, or sends at a rate. All of what it does happens on its event loop;
 * counts may be read elsewhere.
 */
final class LoadConnection extends ByteToMessageDecoder implements Speech.Heard {
  private static final int WRITE_AT_MOST = 512;

  private final Speech speech;
  private final LoadPlan plan;
  private final CompletableFuture<Void> admitted = new CompletableFuture<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  /** When each message that is under way was due, by its number modulo the cycle; 0 for none. */
  private final long[] dueNs;

  /** The same of those that are not stored yet. */
  private final long[] storeDueNs;

  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong delivered = new AtomicLong();
  private final @Nullable Latencies latencies;
  private final Latencies storing = new Latencies();
  private final @Nullable BitSet kept;
  private volatile @Nullable ChannelHandlerContext context;
  private volatile @Nullable String fault;
  private volatile long sent;
  private final long burstNs;
  private volatile boolean sending;
  private volatile boolean measuring;
  private volatile long firstTickNs;
  private volatile long sentBefore; // written by the event loop alone

  LoadConnection(Speech speech, LoadPlan plan) {
    this.speech = speech;
    this.plan = plan;
    this.dueNs = new long[plan.window() > 0 ? Speech.CYCLE : 0];
    boolean timed = plan.delivered() && plan.sessions() > 0 && plan.ratePerS() > 0;
    this.storeDueNs = new long[timed ? Speech.CYCLE : 0];
    this.burstNs = TimeUnit.MILLISECONDS.toNanos(plan.burstMs());
    this.latencies = plan.ratePerS() > 0 ? new Latencies() : null;
    this.kept = plan.acknowledgedFile().isEmpty() ? null : new BitSet();
  }

  CompletableFuture<Void> admission() {
    return admitted;
  }

  CompletableFuture<Void> closed() {
    return closed;
  }

  long sent() {
    return sent;
  }

  /** What counts: acknowledged, and delivered, or stored, where the plan asks for that. */
  long credited() {
    return plan.delivered() ? Math.min(acknowledged.get(), delivered.get()) : acknowledged.get();
  }

  @Nullable
  String fault() {
    return fault;
  }

  @Nullable
  Latencies latencies() {
    return latencies;
  }

  /** Until stored; empty where nobody asked for it. */
  Latencies storing() {
    return storing;
  }

  @Nullable
  BitSet kept() {
    return kept;
  }

  /** Begins to keep the window full. */
  void start() {
    channel().eventLoop().execute(() -> {
      sending = true;
      fill();
    });
  }

  /** Begins to send at a rate: whenever {@link #burst} is called. */
  void start(long firstBurstNs) {
    channel().eventLoop().execute(() -> {
      firstTickNs = firstBurstNs;
      sending = true;
    });
  }

  /** Sends what is due, and wakes nobody where nothing is; from any thread. */
  void burst() {
    if (sending && due() > sentBefore) {
      channel().eventLoop().execute(this::tick);
    }
  }

  void measure(boolean on) {
    measuring = on;
  }

  /** Sends no more; what is under way may still be answered. */
  void stop() {
    channel().eventLoop().execute(() -> sending = false);
  }

  void close() {
    if (context != null) {
      var unused = channel().close();
    }
  }

  /** The subscriber has that many more; from any thread. */
  void delivered(int more) {
    delivered.addAndGet(more);
    channel().eventLoop().execute(this::fill);
  }

  private Channel channel() {
    return java.util.Objects.requireNonNull(context).channel();
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    ByteBuf hello = ctx.alloc().buffer();
    speech.greet(hello);
    var unused = ctx.writeAndFlush(hello);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    speech.read(in, this);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    super.channelReadComplete(ctx);
    fill();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    refused("connection closed");
    closed.complete(null);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    refused(cause.toString());
    var unused = ctx.close();
  }

  @Override
  public void admitted() {
    admitted.complete(null);
  }

  @Override
  public void acknowledged(int first, int last) {
    long now = latencies == null ? 0 : System.nanoTime();
    int count = 0;
    int end = last + 1 == Speech.CYCLE ? 0 : last + 1;
    int at = first;
    do {
      if (dueNs[at] != 0) {
        if (measuring && latencies != null) {
          latencies.add(now - dueNs[at]);
        }
        dueNs[at] = 0;
        count++;
        keep(at);
      }
      at = at + 1 == Speech.CYCLE ? 0 : at + 1;
    } while (at != end);
    acknowledged.lazySet(acknowledged.get() + count);
  }

  /** On the event loop; the window is looked at when all that came was read. */
  @Override
  public void stored(int number) {
    delivered.lazySet(delivered.get() + 1);
    if (storeDueNs.length > 0) {
      if (measuring && storeDueNs[number] != 0) {
        storing.add(System.nanoTime() - storeDueNs[number]);
      }
      storeDueNs[number] = 0;
    }
  }

  /** The window is narrower than the cycle: the latest number with that remainder is meant. */
  private void keep(int remainder) {
    if (kept != null) {
      long latest = sent - 1;
      long behind = Math.floorMod(latest - remainder, (long) Speech.CYCLE);
      kept.set((int) (latest - behind));
    }
  }

  /** Who has nothing more to send or to hear is silent, and closed for that in the end. */
  @Override
  public void refused(String why) {
    if (fault == null && credited() < speech.messages()) {
      fault = why;
    }
    admitted.completeExceptionally(new IllegalStateException(why));
  }

  /** As many as were due since the last burst; those of a late one are late, and count as such. */
  private void tick() {
    if (!sending) {
      return;
    }
    long begunNs = firstTickNs;
    long due = due();
    double perTick = perTick();
    long before = sentBefore;
    while (before < due && room() > 0) {
      int now = (int) Math.min(Math.min(due - before, room()), WRITE_AT_MOST);
      write(now, number -> begunNs + ((long) (number / perTick) + 1) * burstNs);
      before += now;
    }
    sentBefore = before;
  }

  /** Messages that should have been sent by now. */
  private long due() {
    long ticks = (System.nanoTime() - firstTickNs) / burstNs;
    return (long) (ticks * perTick());
  }

  private double perTick() {
    return plan.ratePerS() / plan.connections() * burstNs / 1e9;
  }

  private void fill() {
    if (sending && plan.ratePerS() <= 0) {
      int room = room();
      if (room > 0) {
        write(Math.min(room, WRITE_AT_MOST), number -> 1);
      }
    }
  }

  private int room() {
    return (int) Math.min(plan.window() - (sent - credited()), speech.messages() - sent);
  }

  private interface Due {
    long ns(long number);
  }

  private void write(int count, Due due) {
    ChannelHandlerContext ctx = java.util.Objects.requireNonNull(context);
    ByteBuf out = ctx.alloc().ioBuffer(count * 256);
    long number = sent;
    for (int i = 0; i < count; i++, number++) {
      speech.write(number, out);
      int at = (int) (number % Speech.CYCLE);
      dueNs[at] = due.ns(number);
      if (storeDueNs.length > 0) {
        storeDueNs[at] = dueNs[at];
      }
    }
    sent = number;
    var unused = ctx.writeAndFlush(out, ctx.voidPromise());
  }
}
