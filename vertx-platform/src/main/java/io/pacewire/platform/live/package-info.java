/** What crosses the event bus: the live view and the loss ledger's changes. */
@NullMarked
@CheckReturnValue
package io.pacewire.platform.live;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
