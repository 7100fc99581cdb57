package io.pacewire.training;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;

/** What PostgreSQL holds of a writer's batches: the part of the loss ledger that training owns. */
record StoredLedger(List<Range> stored, List<Refused> refused, List<Range> skipped) {

  /** Inclusive at both ends. */
  record Range(int fromSeq, int toSeq) {}

  record Refused(int seq, String reason) {}

  static StoredLedger of(RowSet<Row> stored, RowSet<Row> refused, RowSet<Row> skipped) {
    List<Refused> refusals = new ArrayList<>();
    refused.forEach(
        row -> refusals.add(new Refused(row.getInteger("seq"), row.getString("reason"))));
    return new StoredLedger(ranges(stored), List.copyOf(refusals), ranges(skipped));
  }

  private static List<Range> ranges(RowSet<Row> rows) {
    List<Range> ranges = new ArrayList<>();
    rows.forEach(
        row -> ranges.add(new Range(row.getInteger("from_seq"), row.getInteger("to_seq"))));
    return List.copyOf(ranges);
  }
}
