/** PostgreSQL: pools, migrations, outbox. */
@NullMarked
@CheckReturnValue
package io.pacewire.platform.pg;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
