/** Who must not get in any more. */
@NullMarked
@CheckReturnValue
package io.pacewire.platform.security;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
