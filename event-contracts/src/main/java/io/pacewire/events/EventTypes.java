package io.pacewire.events;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** CloudEvents types of the facts: additive changes keep a type, a new meaning gets a new one. */
public final class EventTypes {
  private static final Map<String, Class<? extends Record>> CLASSES = Map.of(
      "training.started", TrainingStarted.class,
      "training.finished", TrainingFinished.class,
      "training.revised", TrainingRevised.class,
      "training.rejected", TrainingRejected.class,
      "training.restored", TrainingRestored.class,
      "training.deleted", TrainingDeleted.class,
      "account.registered", AccountRegistered.class,
      "account.parameters-changed", ParametersChanged.class,
      "achievement.xp-awarded", XpAwarded.class,
      "gear.worn", GearWorn.class,
      "access.revoked", AccessRevoked.class);

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
