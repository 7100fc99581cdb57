/** The speed of the fold and of what looks at tracks, by JMH. */
@NullMarked
package io.pacewire.bench.track;

import org.jspecify.annotations.NullMarked;
