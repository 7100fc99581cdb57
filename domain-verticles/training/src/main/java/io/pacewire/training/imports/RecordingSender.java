package io.pacewire.training.imports;

import static io.pacewire.training.imports.ImportThread.await;
import static java.lang.System.Logger.Level.ERROR;

import io.pacewire.events.EventTopics;
import io.pacewire.platform.kafka.BatchPublisher;
import io.pacewire.training.imports.DeletedTrainings.Restored;
import io.pacewire.training.imports.DuplicateRules.Timed;
import io.pacewire.training.imports.FileReport.Part;
import io.pacewire.training.imports.ImportedRepository.Ending;
import io.pacewire.training.imports.ImportedRepository.Place;
import io.pacewire.training.imports.ImportedRepository.Taken;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends recordings the way of what devices send, and waits until trainings have come of them. So many
 * are on their way and no more: an import neither floods the consumers nor gets ahead of them. Used
 * by one thread, which may wait; never one of Vert.x.
 */
final class RecordingSender {
  /** On their way when it is waited, and again when it is gone on. */
  private static final int MOST_SENT = 64;

  private static final int FEW_SENT = 32;
  private static final int MOST_UNTOLD = 200;
  private static final int WINDOW_BYTES = 1 << 20;
  private static final System.Logger LOG = System.getLogger(RecordingSender.class.getName());
  private static final String UNFIT = "could not be turned into samples; the server's log says why";
  private static final String NO_ROOM =
      "more trainings than may be begun in a day; import the file again tomorrow";
  private static final long DAY_MS = 86_400_000;

  /** Below the bound of all sessions, which must be left for what is recorded meanwhile. */
  static final int MOST_A_DAY = 15_000;

  /** Not of the athlete's: it has no token and sends by no door. */
  private static final UUID DEVICE =
      UUID.nameUUIDFromBytes("pacewire/import".getBytes(StandardCharsets.UTF_8));

  private final ImportJob job;
  private final Vertx vertx;
  private final ImportedRepository imported;
  private final FileReportRepository reports;
  private final DeletedTrainings deleted;
  private final BatchPublisher publisher;
  private final InstantSource clock;
  private final BooleanSupplier cancelled;
  private final SentParts sent = new SentParts();
  private final List<FileReport> untold = new ArrayList<>();
  private final List<Future<Void>> window = new ArrayList<>();
  private int windowBytes;
  private long room;
  private int countIn;

  RecordingSender(
      ImportJob job,
      Vertx vertx,
      ImportStores stores,
      BatchPublisher publisher,
      InstantSource clock,
      BooleanSupplier cancelled) {
    this.job = job;
    this.vertx = vertx;
    this.imported = stores.imported();
    this.reports = stores.reports();
    this.deleted = stores.deleted();
    this.publisher = publisher;
    this.clock = clock;
    this.cancelled = cancelled;
  }

  /** All that is to be said of a file is in its report, or comes when its trainings are made. */
  void add(FileReport report) {
    untold.add(report);
    if (untold.size() >= MOST_UNTOLD) {
      settle(FEW_SENT);
    }
  }

  /** Sends what is new and adds to the report what became of it. */
  void send(FileReport report, Recording recording) {
    RecordingBatches frozen = checked(recording);
    if (frozen == null || frozen.isEmpty()) {
      Part nothing = new Part(DEVICE, recording.sport(), 0, 0);
      refuse(nothing, frozen == null ? UNFIT : "holds no sample with a time");
      report.add(nothing);
      return;
    }
    RecordingBatches batches = asBefore(frozen);
    long start = batches.startAtMs();
    long end = batches.endAtMs();
    UUID session = batches.sessionId();
    Part part = new Part(session, recording.sport(), start, end);
    Place place = new Place(job.id(), report.number, report.partCount());
    report.add(part);
    String refusal = batches.span().refusal(clock.millis());
    if (refusal != null) {
      refuse(part, refusal);
      return;
    }
    Timed brought = new Timed(session, recording.sport(), start, end);
    if (isNew(part, place, brought)) {
      if (hasRoom()) {
        await(imported.insert(job.athleteId(), brought, place));
        sent.add(part, clock.millis());
        publish(session, batches);
        if (sent.size() >= MOST_SENT) {
          settle(FEW_SENT);
        }
      } else {
        refuse(part, NO_ROOM);
      }
    }
  }

  /** Null where it cannot be frozen: whatever that throws costs this recording, not the other files. */
  private @Nullable RecordingBatches checked(Recording recording) {
    try {
      RecordingBatches batches = new RecordingBatches(recording);
      batches.check();
      return batches;
    } catch (RuntimeException | StackOverflowError e) {
      LOG.log(ERROR, "import " + job.id() + ": a recording cannot be frozen", e);
      return null;
    }
  }

  /** What an earlier version sent, or has sent the half of, goes on as it was. */
  private RecordingBatches asBefore(RecordingBatches batches) {
    RecordingBatches former = batches.former();
    return former == null || isKnown(batches) || !isKnown(former) ? batches : former;
  }

  private boolean isKnown(RecordingBatches batches) {
    return await(imported.findPlace(job.athleteId(), batches.sessionId())).isPresent();
  }

  /** Whether it is to be sent; where not, the part says why. */
  private boolean isNew(Part part, Place place, Timed brought) {
    UUID athlete = job.athleteId();
    Future<Optional<Place>> asBefore = imported.findPlace(athlete, part.sessionId);
    Future<List<Timed>> beside = imported.listBeside(athlete, brought);
    await(Future.all(asBefore, beside));
    Place known = asBefore.result().orElse(null);
    if (place.equals(known)) { // by somebody who did not live to tell
      Taken taken = await(imported.listTaken(athlete, List.of(part.sessionId))).get(part.sessionId);
      Ending ending = taken == null ? null : taken.ending();
      if (ending != null) {
        end(part, ending);
      }
      return ending == null;
    }
    return !isThere(part, known != null, brought, beside.result());
  }

  private boolean isThere(Part part, boolean known, Timed brought, List<Timed> beside) {
    Timed same = DuplicateRules.same(brought, beside).orElse(null);
    if (known && (same == null || same.trainingId().equals(part.sessionId))) {
      broughtAgain(part);
      return true;
    }
    if (same != null) {
      part.became(FileReport.DUPLICATE, same.trainingId(), "a training of the same time is there");
      return true;
    }
    Timed whole = DuplicateRules.whole(brought, beside).orElse(null);
    if (whole != null) {
      part.became(
          FileReport.DUPLICATE, whole.trainingId(), "a longer training with this part is there");
      return true;
    }
    part.contains(DuplicateRules.parts(brought, beside).stream()
        .map(Timed::trainingId)
        .distinct()
        .toList());
    return false;
  }

  /** Who deleted it since then has it back. What was rejected stays so: it is there to be restored. */
  private void broughtAgain(Part part) {
    Restored now = await(deleted.restore(job.athleteId(), part.sessionId));
    UUID training = now.trainingId();
    switch (now.found()) {
      case RESTORED -> part.became(FileReport.IMPORTED, training, "was deleted, and is restored");
      case DELETED ->
        part.became(
            FileReport.DUPLICATE,
            training,
            "was imported before and deleted, and cannot be restored: " + now.refusal());
      case REJECTED ->
        part.became(
            FileReport.DUPLICATE,
            training,
            "was imported before and rejected; restore the training if it is to count");
      case THERE -> part.became(FileReport.DUPLICATE, training, "was imported before");
    }
  }

  /** Counted now and then: devices begin sessions meanwhile. */
  private boolean hasRoom() {
    if (room <= 0 || countIn <= 0) {
      room = MOST_A_DAY - begun();
      countIn = FEW_SENT;
    }
    countIn--;
    return room-- > 0;
  }

  private long begun() {
    return await(imported.countBegun(job.athleteId(), clock.millis() - DAY_MS));
  }

  private void publish(UUID session, RecordingBatches batches) {
    int[] seq = new int[1];
    batches.freeze(session, bytes -> {
      String now = Long.toString(clock.millis());
      Map<String, String> headers = Map.of(
          "session",
          session.toString(),
          "writer",
          "0",
          "seq",
          Integer.toString(seq[0]++),
          "device",
          DEVICE.toString(),
          "received-at",
          now,
          "sent-at",
          now);
      String key = job.athleteId().toString();
      window.add(publisher.publish(EventTopics.TELEMETRY_BACKFILL, key, bytes, headers));
      windowBytes += bytes.length;
      if (windowBytes >= WINDOW_BYTES) {
        durable();
      }
    });
  }

  /** What was sent by now is in Kafka; meanwhile the next files are read. */
  private void durable() {
    await(Future.all(window));
    window.clear();
    windowBytes = 0;
  }

  /**
   * Waits until no more than so many are on their way, and tells what became of files.
   *
   * @throws IllegalStateException where nothing has come of any for an hour
   */
  void settle(int most) {
    durable();
    LookPace pace = new LookPace();
    while (true) {
      int before = sent.size();
      look(pace.isSlow());
      tell();
      if (sent.size() <= most) {
        return;
      }
      if (cancelled.getAsBoolean()) {
        throw new CancellationException("another node has this import now, or this one ends");
      }
      await(vertx.timer(pace.nextMs(sent.size() < before), TimeUnit.MILLISECONDS));
    }
  }

  /** @param closely whether to look for what was refused, too */
  private void look(boolean closely) {
    if (sent.size() == 0) {
      return;
    }
    boolean full = closely && begun() >= ImportSettings.SESSIONS_A_DAY;
    Map<UUID, Taken> taken = await(imported.listTaken(job.athleteId(), sent.sessions()));
    sent.taken(taken);
    if (closely) {
      for (Part part : sent.removeRefused(taken, full)) {
        refuse(part, full ? NO_ROOM : "was not taken; the server's dead letters have it");
        await(imported.delete(job.athleteId(), part.sessionId));
      }
    }
    taken.forEach((session, head) -> {
      Ending ending = head.ending();
      Part part = ending == null ? null : sent.remove(session);
      if (ending != null && part != null) {
        end(part, ending);
      }
    });
  }

  private void end(Part part, Ending ending) {
    if (ending == Ending.TRAINING) {
      part.became(FileReport.IMPORTED, part.sessionId, null);
      return;
    }
    boolean empty = ending == Ending.NOTHING;
    refuse(
        part, empty ? "holds nothing that makes a training" : "its figures could not be computed");
    await(imported.delete(job.athleteId(), part.sessionId));
  }

  private void tell() {
    List<FileReport> settled = untold.stream().filter(FileReport::isSettled).toList();
    await(reports.insert(job.id(), settled));
    untold.removeAll(settled);
  }

  private static void refuse(Part part, String why) {
    part.became(FileReport.REFUSED, null, why);
  }
}
