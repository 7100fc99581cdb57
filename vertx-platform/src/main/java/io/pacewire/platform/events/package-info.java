/** Facts as CloudEvents with a JSON body. */
@NullMarked
@CheckReturnValue
package io.pacewire.platform.events;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
