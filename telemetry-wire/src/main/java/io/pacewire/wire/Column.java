package io.pacewire.wire;

/**
 * What all columns have in common: a clock and, by field number from 2 on, series of values, of
 * which the first few are required and the others optional.
 */
final class Column {
  private static final int CLOCK = 1;
  private static final int FIRST_SERIES = 2;

  private final String name;
  private final String clockName;
  private final String[] fields;
  private final int required;
  private final ColumnClock clock;
  private final IntSeries[] series;

  Column(String name, int required, String... fields) {
    this.name = name;
    this.clock = new ColumnClock(name);
    this.clockName = name + ".clock";
    this.required = required;
    this.fields = fields;
    this.series = new IntSeries[fields.length];
    for (int i = 0; i < fields.length; i++) {
      series[i] = new IntSeries();
    }
  }

  String name() {
    return name;
  }

  int size() {
    return clock.size();
  }

  ColumnClock clock() {
    return clock;
  }

  IntSeries series(int index) {
    return series[index];
  }

  int seriesCount() {
    return series.length;
  }

  /** How many series, from the first on, have a value for every sample. */
  int required() {
    return required;
  }

  void clear() {
    clock.clear();
    for (IntSeries one : series) {
      one.clear();
    }
  }

  void write(ProtoWriter out, int field, long batchFirstMs) {
    if (size() == 0) {
      return;
    }
    if (size() > WireLimits.MAX_SAMPLES_PER_COLUMN) {
      throw new IllegalStateException(name + " has too many samples: " + size());
    }
    int start = out.begin(field);
    clock.write(out, CLOCK, batchFirstMs);
    for (int i = 0; i < series.length; i++) {
      if (i < required) {
        series[i].write(out, FIRST_SERIES + i);
      } else {
        series[i].writeOptional(out, FIRST_SERIES + i);
      }
    }
    out.end(start);
  }

  /** The reader is narrowed to the column. Its values say how many samples it has. */
  void read(ProtoReader in, long batchFirstMs, long batchLastMs) {
    if (size() != 0) {
      throw new MalformedBatchException(name + " is there twice");
    }
    int clockFrom = -1;
    int clockLength = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      int field = ProtoReader.field(tag);
      if (field == CLOCK) {
        if (clockFrom >= 0) {
          throw new MalformedBatchException(clockName + " is there twice");
        }
        in.expect(tag, ProtoReader.BYTES, clockName);
        clockLength = in.length(clockName);
        clockFrom = in.position();
        in.advance(clockLength);
      } else if (field - FIRST_SERIES < series.length) {
        int index = field - FIRST_SERIES;
        series[index].read(in, tag, fields[index]);
      } else {
        in.skip(tag);
      }
    }
    int count = series[0].size();
    for (int i = 0; i < series.length; i++) {
      if (i < required) {
        series[i].require(count, fields[i]);
      } else {
        series[i].requireOptional(count, fields[i]);
      }
    }
    if (clockFrom < 0) {
      if (count > 0) {
        throw new MalformedBatchException(name + " has no clock");
      }
      return;
    }
    clock.read(new ProtoReader(in.bytes(), clockFrom, clockLength), batchFirstMs, count);
    clock.requireWithin(batchFirstMs, batchLastMs);
  }
}
