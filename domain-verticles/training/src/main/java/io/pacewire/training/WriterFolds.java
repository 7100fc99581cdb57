package io.pacewire.training;

import io.pacewire.wire.WireLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The folds that were advanced last, bounded in number. */
final class WriterFolds {
  private final LinkedHashMap<WriterKey, WriterFold> folds;

  WriterFolds(int capacity) {
    folds = new LinkedHashMap<>(1024, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<WriterKey, WriterFold> eldest) {
        return size() > capacity;
      }
    };
  }

  @Nullable
  WriterFold get(WriterKey key) {
    return folds.get(key);
  }

  /** Those of a session, by ascending number of the writer. */
  List<WriterFold> of(SessionKey session) {
    List<WriterFold> found = new ArrayList<>(2);
    for (int writer = 0; writer < WireLimits.MAX_WRITERS; writer++) {
      WriterFold fold = folds.get(new WriterKey(session, writer));
      if (fold != null) {
        found.add(fold);
      }
    }
    return found;
  }

  void put(WriterFold fold) {
    folds.put(fold.key(), fold);
  }

  void remove(WriterKey key) {
    folds.remove(key);
  }

  void remove(SessionKey session) {
    of(session).forEach(fold -> folds.remove(fold.key()));
  }
}
