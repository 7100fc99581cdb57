package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Back-pressure of one event loop, against Kafka's own stand-in for a producer. */
class PublishLoopTest {
  private static final int VALUE_BYTES = 700;
  private static final int COST_BYTES = VALUE_BYTES + 300;
  private static final long BUDGET_BYTES = 10 * COST_BYTES;

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final MockProducer<String, byte[]> kafka =
      new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
  private final PublishLoop loop = new PublishLoop(context, kafka, BUDGET_BYTES);

  @AfterEach
  void close() throws Exception {
    var unused = vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void nothingIsAcknowledged_beforeKafkaHasIt() throws Exception {
    FakeSocket socket = opened();
    send(socket, 3);
    assertThat(socket.acknowledged).isZero();
    kafkaTakes(2);
    assertThat(socket.acknowledged).isEqualTo(2);
    assertThat(socket.flushes).isBetween(1, 2);
  }

  @Test
  void whatKafkaRefuses_failsItsDoor_andIsNotAcknowledged() throws Exception {
    FakeSocket socket = opened();
    send(socket, 1);
    kafka.errorNext(new KafkaException("away"));
    settled();
    assertThat(socket.acknowledged).isZero();
    assertThat(socket.failures).containsExactly("broker-unavailable");
    assertThat(loop.inFlightBytes()).isZero();
  }

  /** The same record would be refused again, and others would not. */
  @Test
  void aRecordThatKafkaWillNeverTake_isRefused_andItsDoorGoesOn() throws Exception {
    FakeSocket socket = opened();
    List<Exception> refused = new ArrayList<>();
    for (RuntimeException fault :
        List.of(new RecordTooLargeException("long"), new InvalidRecordException("strange"))) {
      onLoop(() -> {
        loop.send(
            new ProducerRecord<>("topic", "key", new byte[VALUE_BYTES]),
            socket,
            () -> socket.acknowledged++,
            refused::add);
        return null;
      });
      assertThat(kafka.errorNext(fault)).isTrue();
      settled();
      assertThat(refused).last().isSameAs(fault);
    }
    assertThat(socket.acknowledged).isZero();
    assertThat(socket.failures).isEmpty();
    assertThat(socket.flushes).isEqualTo(2);
    assertThat(loop.inFlightBytes()).isZero();
    onLoop(() -> {
      loop.send(
          new ProducerRecord<>("topic", "key", new byte[VALUE_BYTES]),
          socket,
          () -> socket.acknowledged++,
          refused::add);
      return null;
    });
    assertThat(kafka.errorNext(new TimeoutException("away"))).isTrue();
    settled();
    assertThat(refused).hasSize(2);
    assertThat(socket.failures).containsExactly("broker-unavailable");
  }

  @Test
  void overTheBudget_everyDoorStopsReading_andGoesOnWhenThereIsRoom() throws Exception {
    List<FakeSocket> sockets = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      sockets.add(opened());
    }
    send(sockets.get(0), 11);
    assertThat(sockets).allMatch(socket -> !socket.reading);
    kafkaTakes(5);
    assertThat(sockets).as("above half the budget").allMatch(socket -> !socket.reading);
    kafkaTakes(6);
    assertThat(sockets).allMatch(socket -> socket.reading);
  }

  /** As a request over HTTP/2 does that has come whole: what it sent is counted, and the others go on. */
  @Test
  void aDoorThatCannotBeHeldOrWoken_isInNobodysWay() throws Exception {
    FakeSocket strange = opened();
    FakeSocket other = opened();
    strange.steered = () -> {
      throw new IllegalStateException("has come whole");
    };
    send(strange, 12);
    assertThat(other.reading).isFalse();
    kafkaTakes(12);
    settled();
    assertThat(strange.acknowledged).isEqualTo(12);
    assertThat(other.reading).isTrue();
    assertThat(loop.inFlightBytes()).isZero();
  }

  @Test
  void doorsThatWereWoken_areStoppedAgain_whileOthersStillWait() throws Exception {
    List<FakeSocket> sockets = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      sockets.add(opened());
    }
    sockets.forEach(socket -> socket.whenWoken = () -> sendNow(socket));
    send(sockets.get(0), 11);
    kafkaTakes(11);
    List<FakeSocket> woken = sockets.stream().filter(socket -> socket.reading).toList();
    assertThat(woken).isNotEmpty().hasSizeLessThan(sockets.size());
    woken.forEach(socket -> send(socket, 3));
    assertThat(loop.inFlightBytes()).isGreaterThan(BUDGET_BYTES);
    assertThat(sockets).allMatch(socket -> !socket.reading);
  }

  @Test
  void aDoorThatOpensWhileOthersWait_waitsToo() throws Exception {
    FakeSocket first = opened();
    send(first, 11);
    FakeSocket late = opened();
    assertThat(late.reading).isFalse();
    kafkaTakes(11);
    assertThat(late.reading).isTrue();
  }

  @Test
  void aDoorThatClosedWhileItWaited_isNotWoken() throws Exception {
    FakeSocket first = opened();
    FakeSocket gone = opened();
    send(first, 11);
    onLoop(() -> {
      loop.closed(gone);
      return null;
    });
    kafkaTakes(11);
    assertThat(gone.reading).isFalse();
    assertThat(first.reading).isTrue();
  }

  private FakeSocket opened() throws Exception {
    FakeSocket socket = new FakeSocket();
    onLoop(() -> {
      loop.open(socket);
      return null;
    });
    return socket;
  }

  private void send(FakeSocket socket, int batches) {
    try {
      onLoop(() -> {
        for (int i = 0; i < batches; i++) {
          sendNow(socket);
        }
        return null;
      });
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void sendNow(FakeSocket socket) {
    loop.send(
        new ProducerRecord<>("topic", "key", new byte[VALUE_BYTES]),
        socket,
        () -> socket.acknowledged++);
  }

  private void kafkaTakes(int records) throws Exception {
    for (int i = 0; i < records; i++) {
      assertThat(kafka.completeNext()).isTrue();
    }
    settled();
  }

  /** Runs what is queued on the loop, and what that queues, a few times over. */
  private void settled() throws Exception {
    for (int turn = 0; turn < 40; turn++) {
      onLoop(() -> null);
    }
  }

  private void onLoop(Callable<Void> work) throws Exception {
    if (Vertx.currentContext() == context) {
      var unused = work.call();
      return;
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    context.runOnContext(turn -> {
      try {
        done.complete(work.call());
      } catch (Exception | AssertionError e) {
        done.completeExceptionally(e);
      }
    });
    var unused = done.get(10, TimeUnit.SECONDS);
  }

  /** A connection without a network. */
  private static final class FakeSocket implements Door {
    private boolean reading = true;
    private int acknowledged;
    private int flushes;
    private final List<String> failures = new ArrayList<>();
    private Runnable whenWoken = () -> {};
    private Runnable steered = () -> {};

    @Override
    public void pause() {
      steered.run();
      reading = false;
    }

    @Override
    public void resume() {
      steered.run();
      reading = true;
      whenWoken.run();
    }

    @Override
    public void flush() {
      flushes++;
    }

    @Override
    public void fail(String reason) {
      failures.add(reason);
    }
  }
}
