package io.pacewire.training;

import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.TokenVerifier;
import io.pacewire.training.StreamRules.Rows;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A training in columns, second by second or in longer steps. */
final class StreamRoutes {
  private static final String JSON = "application/json";
  private static final String BYTES = "application/octet-stream";
  private static final int MOST_ROWS = 50_000;
  private static final Map<String, Integer> NAMED_ROWS =
      Map.of("low", 100, "medium", 1_000, "high", 10_000);
  private static final Set<Integer> STEPS_S = Set.of(1, 2, 5, 10, 30, 60, 300);

  private final TrainingRepository trainings;
  private final TrainingLines lines;
  private final WorkerExecutor worker;

  StreamRoutes(TrainingRepository trainings, TrainingLines lines, WorkerExecutor worker) {
    this.trainings = trainings;
    this.lines = lines;
    this.worker = worker;
  }

  void mount(Router router, TokenVerifier tokens) {
    BearerHandler athlete = new BearerHandler(tokens, "athlete");
    router
        .get("/v1/trainings/:id/streams")
        .produces(JSON)
        .produces(BYTES)
        .handler(athlete)
        .respond(this::streams);
  }

  /** @param stepMs 0 where the number of rows decides */
  private record Wanted(Set<StreamColumn> columns, long stepMs, int mostRows) {}

  private Future<@Nullable Buffer> streams(RoutingContext ctx) {
    Parameters asked = Parameters.of(ctx);
    Wanted wanted = wanted(asked);
    boolean bytes = BYTES.equals(ctx.getAcceptableContentType());
    ctx.response().putHeader("Vary", "Accept");
    return TrainingShowRoutes.find(trainings, asked)
        .compose(training -> RevisionTag.unlessKnown(
            ctx,
            training,
            bytes ? "bytes" : null,
            () -> lines
                .of(asked.athlete(), training)
                .compose(found ->
                    worker.executeBlocking(() -> answer(training, found, wanted, bytes), false))
                .onSuccess(
                    made -> ctx.response().putHeader("Content-Type", bytes ? BYTES : JSON))));
  }

  private static Wanted wanted(Parameters asked) {
    List<String> names = asked.values("columns");
    Set<StreamColumn> columns = EnumSet.allOf(StreamColumn.class);
    if (names != null) {
      columns.clear();
      for (String name : names) {
        columns.add(io.pacewire.platform.web.JsonBody.parse("columns", name, StreamColumn::of));
      }
    }
    int rows = asked.integer("points", 2, MOST_ROWS, 0);
    String resolution = asked.text("resolution");
    if (rows != 0 && resolution != null) {
      throw new ProblemException(
          Problem.badRequest("resolution", "must not be given together with points"));
    }
    if (resolution == null) {
      return new Wanted(columns, 0, rows == 0 ? MOST_ROWS : rows);
    }
    Integer named = NAMED_ROWS.get(resolution);
    return named != null
        ? new Wanted(columns, 0, named)
        : new Wanted(columns, stepMs(resolution), MOST_ROWS);
  }

  private static long stepMs(String resolution) {
    for (int step : STEPS_S) {
      if (resolution.equals(step + "s")) {
        return step * 1_000L;
      }
    }
    throw new ProblemException(Problem.badRequest(
        "resolution", "must be low, medium, high, 1s, 2s, 5s, 10s, 30s, 60s or 300s"));
  }

  private static Buffer answer(
      Training training, StoredPoints points, Wanted wanted, boolean bytes) {
    long stepMs =
        wanted.stepMs() == 0 ? StreamRules.stepMs(points, wanted.mostRows()) : wanted.stepMs();
    if (StreamRules.rows(points, stepMs) > wanted.mostRows()) {
      throw new ProblemException(Problem.badRequest(
          "resolution", "makes more than " + MOST_ROWS + " rows of this training"));
    }
    Rows rows = StreamRules.thin(points, stepMs);
    if (bytes) {
      return StreamFormat.bytes(rows, wanted.columns());
    }
    JsonObject columns = StreamFormat.json(rows, wanted.columns());
    JsonArray absent = new JsonArray();
    for (StreamColumn column : wanted.columns()) {
      if (column.sources().stream().anyMatch(source -> !rows.has(source))) {
        absent.add(column.wireName());
      }
    }
    return new JsonObject()
        .put("trainingId", training.trainingId().toString())
        .put("revision", training.revision())
        .put("stepMs", stepMs)
        .put("count", rows.size())
        .put("columns", columns)
        .put("absent", absent)
        .toBuffer();
  }
}
