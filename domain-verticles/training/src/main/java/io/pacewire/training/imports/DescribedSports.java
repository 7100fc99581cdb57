package io.pacewire.training.imports;

import io.pacewire.activity.ArchiveDescription;
import java.util.HashMap;
import java.util.Map;

/**
 * The sports that an archive's own table states for its files. Bounded in files and in the characters of
 * their names, whatever the table is; what is beyond is told by the files themselves. Of one thread.
 */
final class DescribedSports {
  static final int MOST_FILES = 100_000;

  /** 40 a file, where Strava's names have about 28. */
  static final int MOST_CHARACTERS = 40 * MOST_FILES;

  private final Map<String, String> sports = new HashMap<>();
  private int characters;

  void add(ArchiveDescription description) {
    String file = description.fileName();
    int more = sports.containsKey(file) ? 0 : file.length();
    boolean room = more == 0 || sports.size() < MOST_FILES;
    if (room && more <= MOST_CHARACTERS - characters) {
      sports.put(file, description.sport());
      characters += more;
    }
  }

  /** Empty where none is stated. */
  String of(String file) {
    return sports.getOrDefault(file, "");
  }

  int files() {
    return sports.size();
  }

  /** Of all names together. */
  int characters() {
    return characters;
  }
}
