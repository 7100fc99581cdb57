package io.pacewire.ingest;

import io.pacewire.ingest.Admission.Admitted;
import io.pacewire.ingest.Admission.Deferred;
import io.pacewire.ingest.Admission.Refused;
import io.pacewire.wire.LedgerEntry;
import java.time.InstantSource;
import java.util.UUID;

/** The batches of one stream, from their admission to the news of what became of them. */
final class StreamPublishes {
  private static final short POLICY_VIOLATION = 1008; // RFC 6455, registry of close codes
  private static final byte[] NOTHING = {};

  private final StreamDoor door;
  private final BatchAdmission admission;
  private final SamplePublisher publisher;
  private final WebServices services;
  private final InstantSource clock;
  private final StreamNews news = new StreamNews();
  private final ReadGate gate;
  private final Turnstile turnstile;
  private final int window;
  private int underWay;

  StreamPublishes(StreamDoor door, ReadGate gate, Turnstile turnstile, WebServices services) {
    this.door = door;
    this.gate = gate;
    this.turnstile = turnstile;
    this.services = services;
    this.admission = services.admission();
    this.publisher = services.publisher();
    this.clock = services.clock();
    this.window = services.config().window();
  }

  void receive(byte[] envelope) {
    Admission outcome =
        turnstile.pass(admission.admit(envelope, null, clock.millis()), envelope.length);
    if (outcome instanceof Admitted admitted) {
      UUID session = admitted.header().sessionId();
      int writer = admitted.header().writer();
      int seq = admitted.header().seq();
      began();
      Runnable acked = () -> {
        underWay--;
        news.acked(session, writer, seq);
      };
      publisher.publish(door.device(), admitted, door, acked, refused -> {
        underWay--;
        turnstile.refusedLater(refused);
        refuse(refused);
      });
    } else if (outcome instanceof Deferred wait) {
      defer(wait);
    } else if (outcome instanceof Refused refused) {
      refused(refused, envelope);
    }
  }

  /**
   * One that was too long to be kept.
   *
   * @param beginning of the message
   * @param bytes that it had: what came behind the beginning has been paid for
   */
  void receiveCut(byte[] beginning, int bytes) {
    Refused refused = admission.tooLong(beginning, bytes);
    if (refused.sessionId() == null) {
      door.tooLong(refused);
    } else if (turnstile.pass(refused, beginning.length) instanceof Refused counted) {
      refused(counted, beginning);
    }
  }

  private void refused(Refused refused, byte[] kept) {
    began();
    publisher.deadLetter(door.device(), refused, kept, door, () -> {
      underWay--;
      refuse(refused);
    });
  }

  /** Of what was too long for a message nothing is left but that it came. */
  void tooLong(Refused refused) {
    if (turnstile.mayKeep(refused, 0)) {
      publisher.deadLetter(door.device(), refused, NOTHING, door, () -> {});
    }
  }

  /** Who sends more than it was told it may is not read until half of it is through. */
  private void began() {
    if (++underWay >= window) {
      gate.close(ReadGate.Reason.WINDOW);
    }
  }

  private void defer(Deferred wait) {
    if (news.deferred(wait)) {
      tellSoon();
    }
  }

  /** One of those that training tells, each by itself, of all sessions in a poll. */
  void changed(LedgerEntry change) {
    if (news.changed(change)) {
      tellSoon();
    }
  }

  /** At the end of this turn, many in one frame. */
  private void tellSoon() {
    services.loop().runOnContext(turn -> tell());
  }

  private void refuse(Refused refused) {
    UUID session = refused.sessionId();
    if (session == null) {
      // There is no batch to name: a device that sends such frames would never learn otherwise.
      door.close(POLICY_VIOLATION, refused.reason());
      return;
    }
    news.refused(session, refused);
  }

  /** What became of them in this turn; who has room again is read on. */
  void tell() {
    if (underWay <= window / 2) {
      gate.open(ReadGate.Reason.WINDOW);
    }
    news.tell(door::send, clock.millis());
  }
}
