package io.pacewire.ingest;

import io.pacewire.ingest.Admission.Admitted;
import io.pacewire.ingest.Admission.Deferred;
import io.pacewire.ingest.Admission.Refused;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.UnreadBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** One request with batches: read while there is room, answered once Kafka has all it takes. */
final class HttpDoor implements Door {
  private static final int TOO_LARGE = 413;

  private final RoutingContext ctx;
  private final Device device;
  private final BatchAdmission admission;
  private final SamplePublisher publisher;
  private final InstantSource clock;
  private final ReadGate gate;
  private final Turnstile turnstile;
  private final HttpOutcome outcome = new HttpOutcome();
  private int waitingFor;
  private boolean done;

  HttpDoor(RoutingContext ctx, Device device, WebServices services) {
    HttpServerRequest request = ctx.request();
    this.ctx = ctx;
    this.device = device;
    this.admission = services.admission();
    this.publisher = services.publisher();
    this.clock = services.clock();
    this.gate = new ReadGate(
        () -> UnreadBody.pause(request),
        () -> UnreadBody.resume(request),
        null, // bodies are bounded as they come
        services.turnstiles().holds(Turnstiles.Kind.HTTP));
    this.turnstile = services.turnstiles().open(Turnstiles.Kind.HTTP, device, gate.quota());
  }

  /** All of a request's batches are handed on before the first acknowledgement can come. */
  void receive(List<byte[]> envelopes) {
    if (done) {
      return;
    }
    waitingFor = envelopes.size();
    for (int i = 0; i < envelopes.size(); i++) {
      receive(i, envelopes.get(i));
    }
    flush(); // where all of them have to wait, nothing else would bring the answer
  }

  private void receive(int index, byte[] envelope) {
    Admission made =
        turnstile.pass(admission.admit(envelope, null, clock.millis()), envelope.length);
    if (made instanceof Admitted admitted) {
      var header = admitted.header();
      Runnable acked = () -> {
        waitingFor--;
        outcome.acked(header.sessionId(), header.writer(), header.seq());
      };
      publisher.publish(device, admitted, this, acked, refused -> {
        waitingFor--;
        turnstile.refusedLater(refused);
        outcome.refused(index, refused);
      });
    } else if (made instanceof Deferred wait) {
      waitingFor--;
      outcome.deferred(wait);
    } else if (made instanceof Refused refused) {
      publisher.deadLetter(device, refused, envelope, this, () -> {
        waitingFor--;
        outcome.refused(index, refused);
      });
    }
  }

  UUID athlete() {
    return device.athleteId();
  }

  /** Whether what comes is read just now. */
  boolean isRead() {
    return gate.isOpen();
  }

  /** Reads, unless something speaks against it. */
  void open() {
    if (gate.isOpen()) {
      UnreadBody.resume(ctx.request());
    }
    publisher.loop().open(this);
  }

  /** A body whose end never came was read all the same, and costs. */
  void brokenOff(int bytes) {
    if (bytes > 0) {
      boolean unused = turnstile.maySpend(bytes);
    }
  }

  /** After the answer, or when the caller is gone. */
  void closed() {
    done = true;
    turnstile.close();
    publisher.loop().closed(this);
  }

  @Override
  public void pause() {
    gate.close(ReadGate.Reason.BROKER);
  }

  @Override
  public void resume() {
    gate.open(ReadGate.Reason.BROKER);
  }

  @Override
  public void flush() {
    if (waitingFor > 0 || done) {
      return;
    }
    Problem problem = outcome.problem();
    if (problem != null) {
      refuse(new ProblemException(problem));
      return;
    }
    done = true;
    ctx.json(outcome.json(clock.millis())).onFailure(ctx::fail);
  }

  /** What Kafka has meanwhile is sent again with the rest: twice is once. */
  @Override
  public void fail(String reason) {
    refuse(new ProblemException(Problem.unavailable("not durable, send it again: " + reason)));
  }

  /** A body that no batch can be read from: kept where an operator finds it, and refused. */
  void unreadable(Buffer sent, Throwable cause) {
    if (!done && cause instanceof ProblemException refusal) {
      deadLetter(sent, refusal);
    }
    refuse(cause);
  }

  /** Within the limits of who sends it; the answer does not wait for Kafka. */
  void deadLetter(Buffer sent, ProblemException refusal) {
    Problem problem = refusal.problem();
    String reason = problem.status() == TOO_LARGE ? BatchAdmission.TOO_LARGE : "malformed";
    Refused refused = new Refused(null, -1, -1, reason, String.valueOf(problem.detail()));
    if (turnstile.mayKeep(refused, sent.length())) {
      publisher.deadLetter(device, refused, sent.getBytes(), this, () -> {});
    }
  }

  void refuse(Throwable cause) {
    if (!done) {
      done = true;
      ctx.fail(cause);
    }
  }
}
