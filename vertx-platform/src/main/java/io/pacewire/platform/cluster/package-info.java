/** Several nodes as one: membership, the clustered event bus, and what the nodes know together. */
@NullMarked
@CheckReturnValue
package io.pacewire.platform.cluster;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
