/** What a device sends: batches of samples, their codec and the topic names. */
@NullMarked
@CheckReturnValue
package io.pacewire.wire;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
