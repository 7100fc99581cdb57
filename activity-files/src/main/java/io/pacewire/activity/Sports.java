package io.pacewire.activity;

import java.util.Locale;

/** The many words for a sport, as the wire's few. */
final class Sports {
  private Sports() {}

  static String of(String text) {
    String word = text.toLowerCase(Locale.ROOT).replace('_', ' ').strip();
    if (word.contains("trail") && word.contains("run")) {
      return "trail-run";
    }
    if (word.contains("run")) {
      return "run";
    }
    if (word.contains("mountain") && word.contains("bik")) {
      return "mtb";
    }
    if (word.contains("bik") || word.contains("cycl") || word.contains("ride")) {
      return "ride";
    }
    if (word.contains("hik")) {
      return "hike";
    }
    if (word.contains("walk")) {
      return "walk";
    }
    if (word.contains("swim")) {
      return "swim";
    }
    return word.contains("ski") ? "xc-ski" : "other";
  }

  /** FIT's numbers of type {@code sport} (FIT profile). */
  static String ofFit(int sport, int subSport) {
    return switch (sport) {
      case 1 -> subSport == 3 ? "trail-run" : "run";
      case 2 -> subSport == 8 ? "mtb" : "ride";
      case 5 -> "swim";
      case 11 -> "walk";
      case 12 -> "xc-ski";
      case 17 -> "hike";
      default -> "other";
    };
  }
}
