/** How commands print: one form for people, one for programs. */
@NullMarked
@CheckReturnValue
package io.pacewire.launcher.report;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
