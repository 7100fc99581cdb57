/** Reads recorded activities, GPX, TCX and FIT, as a stream of what sensors measured. Pure. */
@NullMarked
@CheckReturnValue
package io.pacewire.activity;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
