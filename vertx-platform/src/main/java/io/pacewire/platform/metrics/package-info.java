/** What roles count, for Prometheus. No label ever names a person, a device or a session. */
@NullMarked
@CheckReturnValue
package io.pacewire.platform.metrics;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
