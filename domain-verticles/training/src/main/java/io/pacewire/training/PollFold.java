package io.pacewire.training;

import io.pacewire.training.TrackFolder.Fresh;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds what was stored of a poll: first those who are in memory, then the others in groups, of which
 * the next is read while one is folded. Used from one event loop.
 */
final class PollFold {
  private final TrackFolder folder;
  private final LiveView live;

  PollFold(TrackFolder folder, LiveView live) {
    this.folder = folder;
    this.live = live;
  }

  /** Completes with those that were not set aside. */
  Future<List<WriterFold>> advance(ChunkStore.Outcome outcome, Map<SessionKey, SessionHead> known) {
    List<List<Fresh>> groups = folder.grouped(fresh(outcome, known));
    List<WriterFold> advanced = new ArrayList<>();
    return next(new Reading(groups, outcome, advanced), 0, folder.load(groups.get(0)))
        .map(advanced);
  }

  private record Reading(
      List<List<Fresh>> groups, ChunkStore.Outcome outcome, List<WriterFold> advanced) {}

  private Future<Void> next(
      Reading reading, int number, Future<Map<WriterKey, LoadedFold>> loading) {
    return loading.compose(loaded -> {
      int following = number + 1;
      if (following == reading.groups().size()) {
        return advance(reading, number, loaded);
      }
      Future<Map<WriterKey, LoadedFold>> ahead = folder.load(reading.groups().get(following));
      return advance(reading, number, loaded).compose(done -> next(reading, following, ahead));
    });
  }

  private Future<Void> advance(Reading reading, int number, Map<WriterKey, LoadedFold> loaded) {
    return InTurn.each(
        reading.groups().get(number),
        one -> folder.advance(one, reading.outcome(), loaded.get(one.key())).map(found -> {
          found.ifPresent(fold -> {
            reading.advanced().add(fold);
            live.changed(fold, one.records());
          });
          return null;
        }));
  }

  private static List<Fresh> fresh(ChunkStore.Outcome outcome, Map<SessionKey, SessionHead> known) {
    Map<WriterKey, Fresh> byWriter = new LinkedHashMap<>();
    for (TelemetryRecord record : outcome.stored()) {
      SessionHead head = known.get(record.writer().session());
      if (head != null) { // else its records were dead-lettered
        byWriter
            .computeIfAbsent(record.writer(), key -> new Fresh(key, head, new ArrayList<>(2)))
            .records()
            .add(record);
      }
    }
    List<Fresh> all = new ArrayList<>(byWriter.values());
    all.forEach(one -> one.records().sort(Comparator.comparingInt(TelemetryRecord::seq)));
    return all;
  }
}
