package io.pacewire.training;

import java.util.LinkedHashMap;
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

  void put(WriterFold fold) {
    folds.put(fold.key(), fold);
  }

  void remove(WriterKey key) {
    folds.remove(key);
  }
}
