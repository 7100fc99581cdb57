/** The commands of {@code ./pacewire} and what they start. */
@NullMarked
@CheckReturnValue
package io.pacewire.launcher;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
