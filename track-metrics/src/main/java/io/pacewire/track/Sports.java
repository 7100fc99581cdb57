package io.pacewire.track;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** The sports that the fold knows by name; any other is folded as {@code other}. */
public final class Sports {
  /** As the wire has them, {@code other} among them. Immutable. */
  public static final List<String> NAMES =
      Collections.unmodifiableList(Arrays.stream(SportProfile.values())
          .map(SportProfile::wireName)
          .collect(Collectors.toList()));

  private Sports() {}
}
