package io.pacewire.training;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which training somebody wants changed.
 *
 * @param expected the revision that the athlete saw, null where any will do
 */
record Target(UUID athleteId, UUID trainingId, @Nullable Integer expected) {}
