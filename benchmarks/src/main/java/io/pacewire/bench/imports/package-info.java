/** How fast an athlete's history is taken in. */
@NullMarked
package io.pacewire.bench.imports;

import org.jspecify.annotations.NullMarked;
