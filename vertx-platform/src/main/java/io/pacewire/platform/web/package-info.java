/** HTTP as every role speaks it: problems, tokens, bodies, health. */
@NullMarked
@CheckReturnValue
package io.pacewire.platform.web;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
