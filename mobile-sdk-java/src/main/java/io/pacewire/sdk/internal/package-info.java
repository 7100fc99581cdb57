/** What the SDK is made of. Promises nothing to anybody outside. */
@NullMarked
@CheckReturnValue
package io.pacewire.sdk.internal;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
