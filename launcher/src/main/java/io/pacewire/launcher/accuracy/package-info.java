/** Figures against what devices say, on recordings of theirs. */
@NullMarked
@CheckReturnValue
package io.pacewire.launcher.accuracy;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
