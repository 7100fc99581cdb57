/**
 * Records training on a device and brings it to the platform, once and completely. The whole public
 * API.
 */
@NullMarked
@CheckReturnValue
package io.pacewire.sdk;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
