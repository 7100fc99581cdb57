/** Plays recorded and generated activities through the real SDK. */
@NullMarked
@CheckReturnValue
package io.pacewire.launcher.replay;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
