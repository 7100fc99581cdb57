/** One tree of settings out of defaults, a file, the environment and options. */
@NullMarked
@CheckReturnValue
package io.pacewire.platform.config;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
