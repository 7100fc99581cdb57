package io.pacewire.launcher;

import io.pacewire.wire.SessionIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * A session and the disorder in which its batches are sent: by two lanes, some twice, some out of
 * their turn, some forged, some late, some never. The same seed makes the same session.
 */
final class DisturbedSession {
  private static final int LEAST_BATCHES = 20;
  private static final int MOST_BATCHES = 110;
  private static final int HUB = 2;

  /** A batch on its way. */
  record Delivery(SealedWriter writer, int seq, boolean backfill, byte[] bytes) {
    Delivery by(boolean otherLane) {
      return new Delivery(writer, seq, otherLane, bytes);
    }
  }

  final long seed;
  final long startMs;
  final UUID athlete = UUID.randomUUID();
  final UUID session;
  final UUID device = UUID.randomUUID();
  final List<SealedWriter> writers = new ArrayList<>();
  /** What happens, in order. */
  final List<Delivery> deliveries = new ArrayList<>();
  /** What comes when nobody waits for it any more. */
  final List<Delivery> afterwards = new ArrayList<>();

  final List<Delivery> forged = new ArrayList<>();
  private final Random random;

  private DisturbedSession(long seed, long startMs) {
    this.seed = seed;
    this.startMs = startMs;
    this.random = new Random(seed);
    this.session = SessionIds.next(startMs, new Random());
    int count = random.nextInt(4) == 0 ? 2 + random.nextInt(2) : 1;
    boolean finished = random.nextInt(16) != 0;
    for (int number = 0; number < count; number++) {
      boolean led = number < HUB;
      int batches = LEAST_BATCHES + random.nextInt(MOST_BATCHES - LEAST_BATCHES);
      writers.add(new SealedWriter(
          session, number, batches, led, led && finished, startMs, new Random(random.nextLong())));
    }
  }

  static DisturbedSession of(long seed, long startMs) {
    DisturbedSession made = new DisturbedSession(seed, startMs);
    made.disturb();
    return made;
  }

  /** The same samples of somebody else, sent once and in order: what is stored in the end of this one. */
  DisturbedSession undisturbed() {
    DisturbedSession made = new DisturbedSession(seed, startMs);
    made.deliveries.addAll(made.inOrder(true));
    return made;
  }

  /** The first from that seed on which ends by itself, in order and once; nothing is wrong with it. */
  static DisturbedSession calm(long fromSeed, long startMs) {
    for (long seed = fromSeed; ; seed++) {
      DisturbedSession one = of(seed, startMs);
      boolean plain = one.writers.stream().allMatch(writer -> writer.found.isEmpty());
      if (plain && one.isEndedByItself() && one.isComplete()) {
        return one.undisturbed();
      }
    }
  }

  private List<Delivery> inOrder(boolean all) {
    List<Delivery> list = new ArrayList<>();
    for (int seq = 0; seq < MOST_BATCHES; seq++) {
      for (SealedWriter writer : writers) {
        byte[] bytes = writer.stored().get(seq);
        boolean waits = writer.late.contains(seq)
            || writer.veryLate.contains(seq)
            || writer.found.contains(seq);
        if (bytes != null && (all || !waits)) {
          list.add(new Delivery(writer, seq, false, bytes));
        }
      }
    }
    return list;
  }

  private void disturb() {
    deliveries.addAll(inOrder(false));
    valley();
    int size = deliveries.size();
    for (int i = 0; i < size; i++) {
      if (random.nextInt(33) == 0) {
        move(i, 1 + random.nextInt(5));
      }
      if (random.nextInt(33) == 0) {
        Delivery repeated = deliveries.get(i).by(random.nextBoolean());
        insert(i + 1 + random.nextInt(30), repeated);
      }
    }
    if (random.nextInt(6) == 0) {
      forge();
    }
    for (SealedWriter writer : writers) {
      writer.late.forEach(seq -> deliveries.add(late(writer, seq)));
      writer.veryLate.forEach(seq -> afterwards.add(late(writer, seq)));
      List<Delivery> fate = random.nextBoolean() ? deliveries : afterwards;
      writer.found.forEach(seq -> fate.add(late(writer, seq)));
    }
  }

  private static Delivery late(SealedWriter writer, int seq) {
    return new Delivery(writer, seq, true, writer.sealed.get(seq));
  }

  /** What is recorded there comes by the other lane, when newer batches have come already. */
  private void valley() {
    if (random.nextInt(5) < 2) {
      int from = random.nextInt(deliveries.size() - 10);
      int length = 3 + random.nextInt(Math.min(20, deliveries.size() - from - 5));
      List<Delivery> held = new ArrayList<>(deliveries.subList(from, from + length));
      deliveries.subList(from, from + length).clear();
      int place = Math.min(deliveries.size(), from + 2 + random.nextInt(25));
      for (Delivery one : held) {
        deliveries.add(place++, one.by(true));
      }
    }
  }

  /** After the true one, by the same lane. */
  private void forge() {
    int place = random.nextInt(deliveries.size());
    Delivery genuine = deliveries.get(place);
    Delivery forgery = new Delivery(
        genuine.writer(),
        genuine.seq(),
        genuine.backfill(),
        genuine.writer().forgery(genuine.seq()));
    boolean sentOnce = deliveries.stream()
            .filter(one -> one.writer() == genuine.writer() && one.seq() == genuine.seq())
            .count()
        == 1;
    if (sentOnce) {
      insert(place + 1 + random.nextInt(20), forgery);
      forged.add(forgery);
    }
  }

  private void move(int from, int by) {
    Delivery one = deliveries.remove(from);
    insert(from + by, one);
  }

  private void insert(int place, Delivery one) {
    deliveries.add(Math.min(deliveries.size(), place), one);
  }

  boolean isFinished() {
    return writers.get(0).finished;
  }

  /** Whether its devices send all that must be waited for, and say that it is over. */
  boolean isEndedByItself() {
    return writers.stream()
        .allMatch(one -> one.finished && one.lost.isEmpty() && one.veryLate.isEmpty());
  }

  /** As the training is to say in the end. */
  boolean isComplete() {
    return isFinished() && writers.stream().allMatch(SealedWriter::isComplete);
  }
}
