package io.pacewire.training;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.activity.ActivityWriter;
import io.pacewire.activity.ActivityZip;
import io.pacewire.activity.ExportFormat;
import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.Shares;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.Closeable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Trainings as files: one, or all of an athlete in one zip. Made a training at a time, sent as it is taken. */
final class ExportRoutes {
  private static final System.Logger LOG = System.getLogger(ExportRoutes.class.getName());
  private static final int AT_ONCE = 3;
  private static final int WAITING = 32;
  private static final int MOST_ZIPS = 16;
  private static final int MOST_ZIPS_OF_ONE = 2;
  private static final int MOST_FILES_OF_ONE = 8;
  private static final long MS_A_SECOND = 1_000;

  private final Vertx vertx;
  private final TrainingRepository trainings;
  private final TrainingLines lines;
  private final TrainingExport export;
  private final WorkerExecutor worker;
  private final Turnstile turnstile = new Turnstile(AT_ONCE, WAITING);
  private final Shares zipShares = new Shares(MOST_ZIPS_OF_ONE);
  private final Shares fileShares = new Shares(MOST_FILES_OF_ONE);
  private final PacedSending sending;
  private final ZipExport.Sources zipSources;
  private int zips;

  ExportRoutes(
      Vertx vertx,
      TrainingRepository trainings,
      TrainingLines lines,
      TrainingExport export,
      WorkerExecutor worker) {
    this.vertx = vertx;
    this.trainings = trainings;
    this.lines = lines;
    this.export = export;
    this.worker = worker;
    this.sending = PacedSending.usual(vertx);
    zipSources = new ZipExport.Sources(
        trainings, lines, export, worker, turnstile, sending, InstantSource.system());
  }

  void mount(Router router, TokenVerifier tokens) {
    BearerHandler athlete = new BearerHandler(tokens, "athlete");
    router.get("/v1/export").handler(athlete).respond(this::all);
    router.get("/v1/trainings/:id/export").handler(athlete).respond(this::one);
  }

  private Future<@Nullable Void> one(RoutingContext ctx) {
    Parameters asked = Parameters.of(ctx);
    ExportFormat format = asked.word("format", ExportFormat.class, ExportFormat.FIT);
    return TrainingShowRoutes.find(trainings, asked)
        .compose(training -> RevisionTag.unlessKnown(
            ctx,
            training,
            () -> fileShares.within(
                asked.athlete(), () -> one(ctx.request(), asked.athlete(), training, format))));
  }

  private Future<@Nullable Void> one(
      HttpServerRequest request, UUID athlete, Training training, ExportFormat format) {
    HttpServerResponse response = request.response();
    ExportSpool spool = new ExportSpool();
    ActivityWriter writer = ActivityWriter.open(format, spool);
    return turnstile
        .pass(
            athlete,
            () -> awaited(response)
                .compose(so -> lines.of(athlete, training))
                .map(line -> new ExportedTraining(training, line, format, writer::begin))
                .compose(to -> export
                    .write(athlete, training, to)
                    .compose(any -> closed(writer, spool, any))
                    .map(any -> {
                      if (!any) {
                        throw RecordingGone.of(training.sessionId());
                      }
                      return to.lacks();
                    })))
        .compose(lacks -> {
          head(response, training, format, lacks);
          response.putHeader("Content-Length", Long.toString(spool.size()));
          return sending.send(spool, request).compose(sent -> response.end());
        })
        .onFailure(cause -> cut(response, cause))
        .eventually(() -> closed(writer, spool, false).eventually(() -> spool.drop(vertx)));
  }

  /** Who keeps the file alone sees by its name that it is not all. */
  private static void head(
      HttpServerResponse response, Training training, ExportFormat format, Set<ExportLack> lacks) {
    String name = name(training, format, lacks.isEmpty() ? "" : "-incomplete");
    response
        .putHeader("Content-Type", format.mediaType())
        .putHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
    if (!lacks.isEmpty()) {
      response.putHeader(ExportLack.HEADER, ExportLack.words(lacks));
    }
  }

  /** Also of what broke off, which holds temporary files. */
  private Future<Boolean> closed(Closeable writer, ExportSpool spool, boolean any) {
    return worker.executeBlocking(
        () -> {
          writer.close();
          spool.done();
          return any;
        },
        false);
  }

  private static String name(Training training, ExportFormat format, String suffix) {
    Instant start = Instant.ofEpochMilli(training.startAtMs() / MS_A_SECOND * MS_A_SECOND);
    String sport = training.sport().replaceAll("[^a-z0-9-]", "");
    return start.toString().replace(':', '-') + "-" + sport + suffix + "." + format.extension();
  }

  private Future<@Nullable Void> all(RoutingContext ctx) {
    Parameters asked = Parameters.of(ctx);
    ExportFormat format = asked.word("format", ExportFormat.class, ExportFormat.FIT);
    return zipShares.within(asked.athlete(), () -> all(ctx.request(), asked.athlete(), format));
  }

  private Future<@Nullable Void> all(HttpServerRequest request, UUID athlete, ExportFormat format) {
    if (zips >= MOST_ZIPS) {
      throw new ProblemException(Problem.unavailable("Too many exports are under way"));
    }
    zips++;
    HttpServerResponse response = request.response();
    response
        .setChunked(true)
        .putHeader("Content-Type", "application/zip")
        .putHeader("Cache-Control", "private, no-store")
        .putHeader("Content-Disposition", "attachment; filename=\"pacewire-trainings.zip\"");
    ExportSpool spool = new ExportSpool();
    ActivityZip zip = new ActivityZip(spool);
    return new ZipExport(zipSources, request, athlete, format, spool, zip)
        .run()
        .compose(done -> closed(zip, spool, true))
        .compose(done -> sending.send(spool, request))
        .compose(sent -> response.end())
        .onFailure(cause -> cut(response, cause))
        .eventually(() -> {
          zips--;
          return closed(zip, spool, false).eventually(() -> spool.drop(vertx));
        });
  }

  /** Whose client has gone is not worked on: others wait for its turn and its place. */
  static Future<Void> awaited(HttpServerResponse response) {
    return response.closed()
        ? Future.failedFuture(
            new ProblemException(Problem.unavailable("Nobody waits for this export")))
        : Future.succeededFuture();
  }

  /** An answer that is under way cannot become a problem: it breaks off, so that nobody takes it for whole. */
  private static void cut(HttpServerResponse response, Throwable cause) {
    if (response.headWritten() && !response.ended()) {
      LOG.log(response.closed() ? DEBUG : WARNING, "an export broke off: {0}", cause.getMessage());
      var unused = response.reset();
    }
  }
}
