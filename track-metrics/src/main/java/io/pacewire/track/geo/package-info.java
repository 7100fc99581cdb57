/**
 * Places that matter to a track: fences, gates, segments, hidden zones, and the line drawn from it.
 * Pure and deterministic. Every figure is taken on the ellipsoid or in a plane that touches it, so
 * the antimeridian and the poles are places like any other. The platform asks for the drawn line alone
 * by now; fences, gates, segments and hidden zones are for who uses this library, until a role keeps
 * them for athletes.
 */
@NullMarked
@CheckReturnValue
package io.pacewire.track.geo;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
