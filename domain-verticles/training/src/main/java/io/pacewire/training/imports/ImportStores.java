package io.pacewire.training.imports;

import io.vertx.sqlclient.SqlClient;

/** Everything that is kept of imports. */
record ImportStores(
    ImportRepository imports,
    PieceRepository pieces,
    FileReportRepository reports,
    ImportedRepository imported) {

  static ImportStores in(SqlClient pool) {
    return new ImportStores(
        new ImportRepository(pool),
        new PieceRepository(pool),
        new FileReportRepository(pool),
        new ImportedRepository(pool));
  }
}
