package io.pacewire.inventory;

import java.util.UUID;

/** @param distanceM what all trainings together wore it by */
record Gear(
    UUID gearId,
    String name,
    GearKind kind,
    boolean isDefault,
    double lifeM,
    boolean retired,
    double distanceM) {}
