package io.pacewire.training;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Which day, week, month and year a training belongs to, and what those come to. */
final class TotalsRules {
  private TotalsRules() {}

  /** Weeks are those of ISO 8601: they begin on Monday, and the first has the year's first Thursday. */
  enum Unit {
    DAY,
    WEEK,
    MONTH,
    YEAR;

    LocalDate first(LocalDate day) {
      return switch (this) {
        case DAY -> day;
        case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        case MONTH -> day.withDayOfMonth(1);
        case YEAR -> day.withDayOfYear(1);
      };
    }

    LocalDate last(LocalDate first) {
      return switch (this) {
        case DAY -> first;
        case WEEK -> first.plusDays(6);
        case MONTH -> first.plusMonths(1).minusDays(1);
        case YEAR -> first.plusYears(1).minusDays(1);
      };
    }

    String name(LocalDate first) {
      return switch (this) {
        case DAY -> first.toString();
        case WEEK ->
          String.format(
              Locale.ROOT,
              "%04d-W%02d",
              first.get(IsoFields.WEEK_BASED_YEAR),
              first.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        case MONTH -> first.toString().substring(0, 7);
        case YEAR -> first.toString().substring(0, 4);
      };
    }
  }

  record SportDay(LocalDate day, String sport, DaySums sums) {}

  /** @param sports by name, those with a training in it */
  record Bucket(
      String name, LocalDate first, LocalDate last, DaySums sums, Map<String, DaySums> sports) {}

  /** Newest first; what has no training is left out. */
  static List<Bucket> buckets(Collection<SportDay> days, Unit unit) {
    Map<LocalDate, Map<String, DaySums>> found = new TreeMap<>();
    for (SportDay day : days) {
      found
          .computeIfAbsent(unit.first(day.day()), first -> new TreeMap<>())
          .merge(day.sport(), day.sums(), DaySums::plus);
    }
    List<Bucket> buckets = new ArrayList<>();
    found.forEach((first, sports) -> buckets.add(0, bucket(unit, first, sports)));
    return buckets;
  }

  private static Bucket bucket(Unit unit, LocalDate first, Map<String, DaySums> sports) {
    DaySums all = sports.values().stream().reduce(DaySums.NONE, DaySums::plus);
    return new Bucket(unit.name(first), first, unit.last(first), all, sports);
  }

  /** The date on the wall at that place; UTC where a device stated a zone that there is not. */
  static LocalDate day(long atMs, String timeZone) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(atMs), zone(timeZone));
  }

  static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }
}
