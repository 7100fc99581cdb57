package io.pacewire.platform.web;

import java.util.HashMap;
import java.util.Map;

/** How much of something each of many has now; who has nothing takes no room. Not thread-safe. */
public final class KeyCounts<K> {
  private final Map<K, Integer> counts = new HashMap<>();

  /** 0 where it has nothing. */
  public int of(K key) {
    return counts.getOrDefault(key, 0);
  }

  public void more(K key) {
    int unused = counts.merge(key, 1, Integer::sum);
  }

  public void less(K key) {
    Integer unused = counts.computeIfPresent(key, (known, count) -> count > 1 ? count - 1 : null);
  }
}
