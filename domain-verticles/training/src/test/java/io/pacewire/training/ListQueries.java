package io.pacewire.training;

/** Queries of lists, as tests ask them. */
final class ListQueries {
  static final ListQuery.Range ANY =
      new ListQuery.Range(0, Long.MAX_VALUE, 0, Double.MAX_VALUE, 0, Double.MAX_VALUE);

  private ListQueries() {}

  static ListQuery all() {
    return sorted(ListQuery.Sort.START, false);
  }

  static ListQuery sorted(ListQuery.Sort sort, boolean ascending) {
    return new ListQuery(null, null, null, ANY, sort, ascending);
  }
}
