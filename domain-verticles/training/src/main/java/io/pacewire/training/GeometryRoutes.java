package io.pacewire.training;

import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** The line of a training for a map. */
final class GeometryRoutes {
  private static final int DEEPEST_ZOOM = 24;
  private static final int USUAL_ZOOM = 14;

  private final TrainingRepository trainings;
  private final TrainingLines lines;
  private final WorkerExecutor worker;

  GeometryRoutes(TrainingRepository trainings, TrainingLines lines, WorkerExecutor worker) {
    this.trainings = trainings;
    this.lines = lines;
    this.worker = worker;
  }

  void mount(Router router, TokenVerifier tokens) {
    BearerHandler athlete = new BearerHandler(tokens, "athlete");
    router.get("/v1/trainings/:id/geometry").handler(athlete).respond(this::geometry);
  }

  private enum Format {
    GEOJSON,
    POLYLINE
  }

  private Future<@Nullable Buffer> geometry(RoutingContext ctx) {
    Parameters asked = Parameters.of(ctx);
    int zoom = asked.integer("zoom", 0, DEEPEST_ZOOM, USUAL_ZOOM);
    Format format = asked.word("format", Format.class, Format.GEOJSON);
    return TrainingShowRoutes.find(trainings, asked)
        .compose(training -> RevisionTag.unlessKnown(
            ctx,
            training,
            () -> lines
                .of(asked.athlete(), training)
                .compose(found -> worker.executeBlocking(() -> answer(found, zoom, format), false))
                .onSuccess(made -> ctx.response()
                    .putHeader(
                        "Content-Type",
                        format == Format.GEOJSON ? "application/geo+json" : "application/json"))));
  }

  private static Buffer answer(StoredPoints points, int zoom, Format format) {
    var stretches = GeometryRules.stretches(points, zoom);
    return (format == Format.GEOJSON
            ? GeometryJson.geoJson(stretches)
            : GeometryJson.polylines(stretches))
        .toBuffer();
  }
}
