/** Experience for finished trainings, and leaderboards that are read fast. */
@NullMarked
@CheckReturnValue
package io.pacewire.gamification;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
