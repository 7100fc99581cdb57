/** Gear and how far trainings have worn it. */
@NullMarked
@CheckReturnValue
package io.pacewire.inventory;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
