/** What the roles have in common. */
@NullMarked
@CheckReturnValue
package io.pacewire.platform.role;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
