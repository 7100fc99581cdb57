package io.pacewire.training.imports;

import static java.lang.System.Logger.Level.DEBUG;

import io.pacewire.platform.web.ApiDocument;
import io.pacewire.platform.web.BearerHandler;
import io.pacewire.platform.web.JsonBody;
import io.pacewire.platform.web.JwtPrincipal;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.TokenVerifier;
import io.pacewire.training.imports.ImportJob.State;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes an archive as it flows. Ahead of whatever reads bodies, which is why it looks at the token and
 * at the parameters by itself.
 */
final class UploadRoute {
  static final String PATH = "/v1/imports";

  private static final System.Logger LOG = System.getLogger(UploadRoute.class.getName());
  private static final String OPERATION = "beginImport";
  private static final String KEY = "Idempotency-Key";
  private static final String ZONE = "timeZone";
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N} ._()+-]{1,255}");
  private static final int ACCEPTED = 202;
  private static final long RETRY_S = 60;

  private final ImportStores stores;
  private final ImportSettings settings;
  private final AthleteZones zones;
  private final UploadPace pace;
  private final ImportWorker worker;
  private final InstantSource clock;

  UploadRoute(
      ImportStores stores,
      ImportSettings settings,
      AthleteZones zones,
      UploadPace pace,
      ImportWorker worker,
      InstantSource clock) {
    this.stores = stores;
    this.settings = settings;
    this.zones = zones;
    this.pace = pace;
    this.worker = worker;
    this.clock = clock;
  }

  void mount(Router router, ApiDocument api, TokenVerifier tokens) {
    router.post(PATH).handler(ctx -> {
      ctx.request().pause();
      athlete(ctx, tokens)
          .compose(athlete -> {
            api.checkQuery(ctx, OPERATION);
            return zone(ctx, athlete).compose(zone -> take(ctx, job(ctx, athlete, zone)));
          })
          .compose(taken -> ctx.response()
              .setStatusCode(ACCEPTED)
              .putHeader("Location", PATH + "/" + taken.id())
              .putHeader("Content-Type", "application/json")
              .end(ImportJson.job(taken).toBuffer()))
          .onFailure(cause -> {
            if (UploadPace.isTooSlow(cause)) {
              ctx.response().putHeader("Connection", "close"); // its bytes are not waited for
            }
            ctx.fail(cause);
            drain(ctx.request());
          });
    });
  }

  private static Future<UUID> athlete(RoutingContext ctx, TokenVerifier tokens) {
    String token = BearerHandler.token(ctx.request().getHeader("Authorization"));
    if (token == null) {
      ctx.response().putHeader("WWW-Authenticate", "Bearer");
      return Future.failedFuture(new ProblemException(Problem.unauthorized("no bearer token")));
    }
    return tokens.verify(token).map((JwtPrincipal principal) -> {
      if (!principal.scopes().contains("athlete")) {
        throw new ProblemException(Problem.forbidden("token lacks the scope athlete"));
      }
      return principal.subject();
    });
  }

  /** As the request says, or the account; UTC where neither does. */
  private Future<ZoneId> zone(RoutingContext ctx, UUID athlete) {
    String named = ctx.request().getParam(ZONE);
    return named == null
        ? zones.find(athlete).map(found -> found.orElse(ZoneId.of("UTC")))
        : Future.succeededFuture(zone(named));
  }

  private ImportJob job(RoutingContext ctx, UUID athlete, ZoneId zone) {
    String name = ctx.request().getParam("name");
    if (name != null && (name.isBlank() || !NAME.matcher(name).matches())) {
      throw new ProblemException(Problem.badRequest(
          "name", "must be 1 to 255 letters, digits, blanks and of . _ - + ( )"));
    }
    return new ImportJob(
        UUID.randomUUID(),
        athlete,
        name == null ? "upload" : name,
        zone,
        State.UPLOADING,
        0,
        0,
        clock.millis(),
        null,
        0,
        null,
        false);
  }

  private static ZoneId zone(String name) {
    return JsonBody.parse(ZONE, name, text -> {
      if (!ZoneId.getAvailableZoneIds().contains(text)) {
        throw new IllegalArgumentException("must be a time zone, as Europe/Berlin");
      }
      return ZoneId.of(text);
    });
  }

  private Future<ImportJob> take(RoutingContext ctx, ImportJob job) {
    String key = ctx.request().getHeader(KEY);
    if (key != null && !key.matches("[\\x21-\\x7e]{1,255}")) {
      throw new ProblemException(
          Problem.badRequest(KEY, "must be 1 to 255 visible ASCII characters"));
    }
    if (stated(ctx.request()) > settings.maxBytes()) {
      throw ImportUpload.tooLarge(settings.maxBytes());
    }
    return stores
        .imports()
        .insert(job, key, ImportSettings.WAITING_OF_ONE, settings.waiting())
        .compose(begun -> begun ? upload(ctx, job) : known(ctx, job, key));
  }

  private static long stated(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    return length == null || !length.matches("\\d{1,18}") ? 0 : Long.parseLong(length);
  }

  private Future<ImportJob> upload(RoutingContext ctx, ImportJob job) {
    goOn(ctx);
    return new ImportUpload(ctx.request(), stores, job.id(), settings.maxBytes(), clock, pace)
        .run()
        .compose(body -> stores.imports().uploaded(job.id(), body, clock.millis()))
        .compose(done -> stores.imports().find(job.athleteId(), job.id()))
        .map(found -> {
          worker.look();
          return found
              .filter(stored -> stored.state() != State.CANCELLED)
              .orElseThrow(ImportUpload::unwanted);
        })
        .recover(
            cause -> stores.imports().drop(job.id()).transform(done -> Future.failedFuture(cause)));
  }

  private static void goOn(RoutingContext ctx) {
    if ("100-continue".equalsIgnoreCase(ctx.request().getHeader("Expect"))) {
      ctx.response()
          .writeContinue()
          .onFailure(gone -> LOG.log(DEBUG, "gone: {0}", gone.getMessage()));
    }
  }

  /** The same request once more, or too many. */
  private Future<ImportJob> known(RoutingContext ctx, ImportJob job, @Nullable String key) {
    ProblemException full = new ProblemException(Problem.tooManyRequests(
        "Too many imports wait; one at a time is worked on for an athlete", RETRY_S));
    if (key == null) {
      return Future.failedFuture(full);
    }
    return stores.imports().findByKey(job.athleteId(), key).compose(found -> {
      ImportRepository.Keyed earlier = found.orElseThrow(() -> full);
      if (earlier.job().state() == State.UPLOADING) {
        throw new ProblemException(Problem.conflict(
            "idempotency-key-in-flight", "The first upload with this key is under way"));
      }
      // The account's zone may be another one since; what is said is compared.
      boolean sameZone = ctx.request().getParam(ZONE) == null
          || job.zone().equals(earlier.job().zone());
      if (!job.name().equals(earlier.job().name()) || !sameZone) {
        throw SameBody.another();
      }
      goOn(ctx);
      return new SameBody(ctx.request(), earlier.job().sizeBytes(), earlier.bodySha256(), pace)
          .check()
          .map(same -> {
            ctx.response().putHeader("Idempotency-Replayed", "true");
            return earlier.job();
          });
    });
  }

  /** What still comes is nobody's; an answer goes out beside it. */
  private static void drain(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.handler(nobodys -> {});
      request.resume();
    }
  }
}
