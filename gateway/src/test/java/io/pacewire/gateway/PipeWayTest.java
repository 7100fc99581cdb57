package io.pacewire.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class PipeWayTest {
  /** As much as a record of TLS holds. */
  private static final int READ_BYTES = 16_384;

  private final End from = new End();
  private final End to = new End();

  /** One end of which we see what it is told, and that takes nothing of it until it is drained. */
  private static final class End {
    private Handler<Buffer> heard;
    private Handler<Void> drained;
    private int mostBytes;
    private int waitingBytes;
    private boolean paused;

    @SuppressWarnings("unchecked") // as the methods of a socket say
    private NetSocket socket() {
      return (NetSocket) Proxy.newProxyInstance(
          End.class.getClassLoader(), new Class<?>[] {NetSocket.class}, (self, method, given) -> {
            switch (method.getName()) {
              case "handler" -> heard = (Handler<Buffer>) given[0];
              case "drainHandler" -> drained = (Handler<Void>) given[0];
              case "setWriteQueueMaxSize" -> mostBytes = (int) given[0];
              case "writeQueueFull" -> {
                return waitingBytes >= mostBytes;
              }
              case "write" -> {
                waitingBytes += ((Buffer) given[0]).length();
                return Future.succeededFuture();
              }
              case "pause" -> paused = true;
              case "resume" -> paused = false;
              default -> {
                // nothing that it would be asked for here
              }
            }
            return self;
          });
    }
  }

  /** Ten thousand streams wait at once where Kafka stalls. */
  @Test
  void ofWhatTheOtherEndDoesNotTake_twoReadsWaitHere() {
    PipeWay way = new PipeWay(from.socket(), to.socket());
    way.open(() -> {});
    while (!from.paused) {
      from.heard.handle(Buffer.buffer(new byte[READ_BYTES]));
    }
    assertThat(to.waitingBytes).isLessThanOrEqualTo(2 * READ_BYTES);
    assertThat(way.isHeld()).isTrue();
    to.waitingBytes = 0;
    to.drained.handle(null);
    assertThat(from.paused).isFalse();
    assertThat(way.isHeld()).isFalse();
  }
}
