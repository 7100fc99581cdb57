/** Measures speed, and compares with peers in the same run. Never part of what is deployed. */
@NullMarked
package io.pacewire.bench;

import org.jspecify.annotations.NullMarked;
