/**
 * What is found by passing once over the points of a finished training: best efforts, splits of any
 * length, reasons to suspect it. Pure, and needs no state that grows while the athlete moves.
 */
@NullMarked
@CheckReturnValue
package io.pacewire.track.pass;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
