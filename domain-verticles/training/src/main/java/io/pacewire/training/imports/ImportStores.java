package io.pacewire.training.imports;

import io.vertx.sqlclient.SqlClient;

/** Everything that is kept of imports. */
record ImportStores(
    ImportRepository imports,
    PieceRepository pieces,
    FileReportRepository reports,
    ImportedRepository imported,
    DeletedTrainings deleted) {

  static ImportStores in(SqlClient pool, DeletedTrainings deleted) {
    return new ImportStores(
        new ImportRepository(pool),
        new PieceRepository(pool),
        new FileReportRepository(pool),
        new ImportedRepository(pool),
        deleted);
  }
}
