/**
 * Brings the history of an athlete: files become the batches that a device would have sent, which go
 * the way of all others. An import is a job that any node takes up; doing it twice is doing it once.
 */
@NullMarked
@CheckReturnValue
package io.pacewire.training.imports;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
