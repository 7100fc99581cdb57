/** Who is who: accounts, sign-ins, tokens and devices. */
@NullMarked
@CheckReturnValue
package io.pacewire.identity;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
