/**
 * Samples in; verdicts, distance, pace, splits and zones out. Pure and deterministic: the same
 * samples give the same bits, live and in batch, however they were cut into batches.
 */
@NullMarked
@CheckReturnValue
package io.pacewire.track;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
