package io.pacewire.training.imports;

import io.pacewire.platform.kafka.BatchPublisher;
import io.pacewire.platform.kafka.KafkaSettings;
import io.pacewire.platform.web.ApiDocument;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.SqlClient;
import java.time.InstantSource;

/** The part of the training role that takes archives. */
public final class Imports {
  /** Where archives are sent to, as they flow. */
  public static final String UPLOADS = UploadRoute.PATH;

  private final BatchPublisher publisher;
  private final ImportWorker worker;
  private final UploadRoute upload;
  private final ImportRoutes routes;

  private Imports(
      BatchPublisher publisher, ImportWorker worker, UploadRoute upload, ImportRoutes routes) {
    this.publisher = publisher;
    this.worker = worker;
    this.upload = upload;
    this.routes = routes;
  }

  public static Imports create(
      Vertx vertx,
      SqlClient pool,
      KafkaSettings kafka,
      ImportSettings settings,
      DeletedTrainings deleted,
      AthleteZones zones,
      InstantSource clock) {
    ImportStores stores = ImportStores.in(pool, deleted);
    BatchPublisher publisher = BatchPublisher.create(vertx, kafka, "training-import");
    ImportWorker worker = new ImportWorker(vertx, stores, publisher, clock, settings.threads());
    return new Imports(
        publisher,
        worker,
        new UploadRoute(stores, settings, zones, UploadPace.usual(vertx), worker, clock),
        new ImportRoutes(stores, worker, clock));
  }

  /**
   * Before the API document is mounted, whose checks read bodies; the server must have been told that
   * {@link #UPLOADS} flow.
   */
  public void mountUpload(Router router, ApiDocument api, TokenVerifier tokens) {
    upload.mount(router, api, tokens);
  }

  /** Behind the API document. */
  public void mount(Router router, TokenVerifier tokens) {
    routes.mount(router, tokens);
  }

  /** Takes up what waits. */
  public void start() {
    worker.start();
  }

  public Future<Void> close() {
    return worker.close().eventually(publisher::close);
  }
}
