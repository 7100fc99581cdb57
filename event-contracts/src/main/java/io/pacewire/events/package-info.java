/** Facts the contexts tell each other, and the topics they go by. */
@NullMarked
@CheckReturnValue
package io.pacewire.events;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
