/** Real servers for one machine, run as supervised child processes. */
@NullMarked
@CheckReturnValue
package io.pacewire.stack;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
