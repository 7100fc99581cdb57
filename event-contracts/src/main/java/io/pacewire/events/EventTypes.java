package io.pacewire.events;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** CloudEvents types of the facts: additive changes keep a type, a new meaning gets a new one. */
public final class EventTypes {
  private static final Map<String, Class<? extends Record>> CLASSES = Map.ofEntries(
      Map.entry("training.started", TrainingStarted.class),
      Map.entry("training.finished", TrainingFinished.class),
      Map.entry("training.revised", TrainingRevised.class),
      Map.entry("training.rejected", TrainingRejected.class),
      Map.entry("training.restored", TrainingRestored.class),
      Map.entry("training.deleted", TrainingDeleted.class),
      Map.entry("account.registered", AccountRegistered.class),
      Map.entry("account.changed", AccountChanged.class),
      Map.entry("account.parameters-changed", ParametersChanged.class),
      Map.entry("achievement.xp-awarded", XpAwarded.class),
      Map.entry("gear.worn", GearWorn.class),
      Map.entry("access.revoked", AccessRevoked.class));

  private EventTypes() {}

  /** Every type that this version knows. */
  public static Set<String> all() {
    return CLASSES.keySet();
  }

  /** The class of a type; empty for one that this version does not know. */
  public static Optional<Class<? extends Record>> classOf(String type) {
    return Optional.ofNullable(CLASSES.get(type));
  }

  /** The type of a fact. */
  public static String typeOf(Record fact) {
    return CLASSES.entrySet().stream()
        .filter(entry -> entry.getValue() == fact.getClass())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no fact: " + fact.getClass()));
  }
}
