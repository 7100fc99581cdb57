/** Reading and writing Kafka, in one place. */
@NullMarked
@CheckReturnValue
package io.pacewire.platform.kafka;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
