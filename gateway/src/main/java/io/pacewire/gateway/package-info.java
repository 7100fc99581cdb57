/** The single entry: TLS, routes, tokens, limits, and the console's files. Owns no business rule. */
@NullMarked
@CheckReturnValue
package io.pacewire.gateway;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
