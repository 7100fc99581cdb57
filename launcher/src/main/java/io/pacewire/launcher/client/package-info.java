/** Talks to a running platform as a third party would: over its public API. */
@NullMarked
@CheckReturnValue
package io.pacewire.launcher.client;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
