/** Redis. */
@NullMarked
@CheckReturnValue
package io.pacewire.platform.redis;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
