package io.pacewire.training;

import io.pacewire.platform.pg.PgSettings;
import io.pacewire.platform.role.ContextRole;
import io.pacewire.platform.web.ApiDocument;
import io.pacewire.platform.web.TokenVerifier;
import io.pacewire.training.imports.Imports;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The training role: stores and folds what ingest sends, and answers for it. */
public final class TrainingVerticle extends VerticleBase {
  private static final String API = "openapi/training.yaml";
  private static final long MAX_BODY_BYTES = 1 << 20;

  private final TrainingConfig config;
  private final List<DatabaseParts> databases = new ArrayList<>();
  private @Nullable ContextRole role;

  public TrainingVerticle(TrainingConfig config) {
    this.config = config;
  }

  @Override
  public Future<?> start() {
    PgSettings first = config.databases().databases().get(0);
    return ContextRole.open(vertx, first, config.kafka(), MAX_BODY_BYTES).compose(opened -> {
      role = opened;
      return ApiDocument.load(vertx, API).compose(api -> open(opened, api));
    });
  }

  @Override
  public Future<?> stop() {
    return role == null ? Future.succeededFuture() : role.close();
  }

  public int port() {
    return role == null ? 0 : role.port();
  }

  private Future<Void> open(ContextRole opened, ApiDocument api) {
    TokenVerifier tokens = TokenVerifier.create(vertx, config.tokens());
    opened.server().streams(Imports.UPLOADS);
    return openAll(opened)
        .compose(done -> {
          mount(opened.server().router(), api, tokens);
          return Future.all(databases.stream().map(DatabaseParts::start).toList());
        })
        .compose(done -> opened.listen(config.host(), config.port()));
  }

  private Future<Void> openAll(ContextRole opened) {
    Future<Void> all = Future.succeededFuture();
    for (int i = 0; i < config.databases().databases().size(); i++) {
      int index = i;
      PgSettings postgres = config.databases().databases().get(i);
      all = all.compose(done -> index == 0
              ? Future.succeededFuture(opened.pool())
              : opened.database(vertx, postgres, config.kafka()))
          .map(pool -> {
            databases.add(parts(opened, index, pool));
            return null;
          });
    }
    return all;
  }

  private DatabaseParts parts(ContextRole opened, int index, Pool pool) {
    DatabaseSlots slots = config.databases();
    PgSettings postgres = slots.databases().get(index);
    boolean alone = slots.databases().size() == 1;
    return new DatabaseParts(
        vertx,
        opened,
        postgres,
        pool,
        config,
        alone ? key -> true : key -> slots.of(key) == index,
        alone ? "" : "-" + postgres.address().replaceAll("[^A-Za-z0-9._-]", "-"));
  }

  private void mount(Router root, ApiDocument api, TokenVerifier tokens) {
    AthleteRequests.mount(root, tokens);
    if (databases.size() == 1) {
      databases.get(0).mount(root, api, tokens);
      return;
    }
    List<Router> routers = new ArrayList<>();
    for (DatabaseParts one : databases) {
      Router own = Router.router(vertx);
      one.mount(own, api, tokens);
      routers.add(own);
    }
    root.route().handler(new SlotHandler(tokens, config.databases(), routers));
  }
}
