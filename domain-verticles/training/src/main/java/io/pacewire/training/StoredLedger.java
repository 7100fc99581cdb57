package io.pacewire.training;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;

/** What PostgreSQL holds of a session, by writer: the part of the loss ledger that training owns. */
record StoredLedger(List<Range> stored, List<Refused> refused) {

  /** Inclusive at both ends. */
  record Range(int writer, int fromSeq, int toSeq) {}

  record Refused(int writer, int seq, String reason) {}

  static StoredLedger of(RowSet<Row> ranges, RowSet<Row> refusals) {
    List<Range> stored = new ArrayList<>();
    ranges.forEach(row -> stored.add(
        new Range(row.getInteger("writer"), row.getInteger("from_seq"), row.getInteger("to_seq"))));
    List<Refused> refused = new ArrayList<>();
    refusals.forEach(row -> refused.add(
        new Refused(row.getInteger("writer"), row.getInteger("seq"), row.getString("reason"))));
    return new StoredLedger(List.copyOf(stored), List.copyOf(refused));
  }
}
