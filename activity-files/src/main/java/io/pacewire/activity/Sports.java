package io.pacewire.activity;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The many words for a sport, as the wire's few. */
final class Sports {
  /** By number (FIT profile, type {@code sport}). */
  private static final String[] FIT_SPORTS = {
    "generic",
    "running",
    "cycling",
    "transition",
    "fitness_equipment",
    "swimming",
    "basketball",
    "soccer",
    "tennis",
    "american_football",
    "training",
    "walking",
    "cross_country_skiing",
    "alpine_skiing",
    "snowboarding",
    "rowing",
    "mountaineering",
    "hiking",
    "multisport",
    "paddling",
    "flying",
    "e_biking",
    "motorcycling",
    "boating",
    "driving",
    "golf",
    "hang_gliding",
    "horseback_riding",
    "hunting",
    "fishing",
    "inline_skating",
    "rock_climbing",
    "sailing",
    "ice_skating",
    "sky_diving",
    "snowshoeing",
    "snowmobiling",
    "stand_up_paddleboarding",
    "surfing"
  };

  /** By number (FIT profile, type {@code sub_sport}). */
  private static final String[] FIT_SUB_SPORTS = {
    "generic",
    "treadmill",
    "street",
    "trail",
    "track",
    "spin",
    "indoor_cycling",
    "road",
    "mountain",
    "downhill",
    "recumbent",
    "cyclocross",
    "hand_cycling",
    "track_cycling",
    "indoor_rowing",
    "elliptical",
    "stair_climbing",
    "lap_swimming",
    "open_water",
    "flexibility_training",
    "strength_training",
    "warm_up",
    "match",
    "exercise",
    "challenge",
    "indoor_skiing",
    "cardio_training",
    "indoor_walking",
    "e_bike_fitness",
    "bmx",
    "casual_walking",
    "speed_walking"
  };

  private static final String[] FIT_TRIGGERS = {
    "manual",
    "time",
    "distance",
    "position_start",
    "position_lap",
    "position_waypoint",
    "position_marked",
    "session_end",
    "fitness_equipment"
  };

  private Sports() {}

  /** As common in GPX, and as {@link #of} reads it back. */
  static String gpxName(String sport) {
    return switch (sport) {
      case "run" -> "running";
      case "trail-run" -> "trail_running";
      case "walk" -> "walking";
      case "hike" -> "hiking";
      case "ride" -> "cycling";
      case "mtb" -> "mountain_biking";
      case "indoor" -> "indoor_training";
      case "xc-ski" -> "cross_country_skiing";
      case "swim" -> "swimming";
      default -> "other";
    };
  }

  /** The schema knows three. */
  static String tcxName(String sport) {
    return switch (sport) {
      case "run", "trail-run" -> "Running";
      case "ride", "mtb" -> "Biking";
      default -> "Other";
    };
  }

  static String tcxTrigger(String trigger) {
    return switch (trigger) {
      case "distance" -> "Distance";
      case "time" -> "Time";
      case "heartrate" -> "HeartRate";
      default ->
        trigger.startsWith("position") || trigger.equals("location") ? "Location" : "Manual";
    };
  }

  /** Cycles are strides. */
  static boolean isOnFoot(String sport) {
    return Set.of("run", "trail-run", "walk", "hike").contains(sport);
  }

  /** Numbers of sport and sub-sport, as {@link #ofFit} reads them back. */
  static int[] fitNumbers(String sport) {
    return switch (sport) {
      case "run" -> new int[] {1, 0};
      case "trail-run" -> new int[] {1, 3};
      case "walk" -> new int[] {11, 0};
      case "hike" -> new int[] {17, 0};
      case "ride" -> new int[] {2, 0};
      case "mtb" -> new int[] {2, 8};
      case "indoor" -> new int[] {4, 0};
      case "xc-ski" -> new int[] {12, 0};
      case "swim" -> new int[] {5, 0};
      default -> new int[] {0, 0};
    };
  }

  /** By the word; {@code manual} for one that FIT does not know. */
  static int fitTriggerNumber(String trigger) {
    return Math.max(0, List.of(FIT_TRIGGERS).indexOf(trigger));
  }

  static String of(String text) {
    String word = text.toLowerCase(Locale.ROOT).replace('_', ' ').strip();
    if (has(word, "treadmill") || (word.contains("indoor") && has(word, "run", "walk"))) {
      return word.contains("walk") ? "walk" : "run"; // the same steps, without a place
    }
    if (has(word, "indoor", "virtual", "elliptical", "spinning")) {
      return "indoor";
    }
    if (has(word, "run", "jog")) {
      return word.contains("trail") ? "trail-run" : "run";
    }
    if (has(word, "mountain bik", "mountain_bik", "mtb")) {
      return "mtb";
    }
    if (has(word, "bik", "cycl", "ride", "riding")) {
      return has(word, "motor", "horse") ? "other" : "ride";
    }
    if (has(word, "hik")) {
      return "hike";
    }
    if (has(word, "walk")) {
      return "walk";
    }
    if (has(word, "swim")) {
      return "swim";
    }
    if (has(word, "cross country ski", "cross-country ski", "nordic ski", "xc-ski", "skate ski")) {
      return "xc-ski";
    }
    return ofNumber(word);
  }

  /** Some exports write their own numbers into a GPX type. */
  private static String ofNumber(String word) {
    return switch (word) {
      case "1" -> "ride";
      case "4" -> "hike";
      case "7" -> "xc-ski";
      case "9" -> "run";
      case "10" -> "walk";
      case "16" -> "swim";
      default -> "other";
    };
  }

  static String ofFit(int sport, int subSport) {
    String sub = word(FIT_SUB_SPORTS, subSport);
    boolean steps = sport == 1 || sport == 11;
    if (steps && has(sub, "treadmill", "indoor")) {
      return sport == 1 ? "run" : "walk";
    }
    if (sport == 4 || has(sub, "treadmill", "indoor", "spin", "elliptical") || subSport == 58) {
      return "indoor";
    }
    return switch (sport) {
      case 1 -> subSport == 3 ? "trail-run" : "run";
      case 2, 21 -> subSport == 8 || subSport == 9 || subSport == 47 ? "mtb" : "ride";
      case 5 -> "swim";
      case 11 -> "walk";
      case 12 -> "xc-ski";
      case 16, 17, 35 -> "hike";
      default -> "other";
    };
  }

  /** As {@code running/trail}; the second part only where it is stated. */
  static String fitName(int sport, int subSport) {
    String sub = word(FIT_SUB_SPORTS, subSport);
    return word(FIT_SPORTS, sport) + (sub.isEmpty() ? "" : "/" + sub);
  }

  static String fitTrigger(int trigger) {
    return word(FIT_TRIGGERS, trigger);
  }

  private static String word(String[] words, int number) {
    return number < 0 ? "" : number < words.length ? words[number] : Integer.toString(number);
  }

  private static boolean has(String word, String... parts) {
    for (String part : parts) {
      if (word.contains(part)) {
        return true;
      }
    }
    return false;
  }
}
