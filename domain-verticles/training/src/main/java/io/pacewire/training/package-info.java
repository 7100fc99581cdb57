/**
 * Takes raw batches from Kafka, stores them as chunks, folds them into figures and tells the other
 * contexts about finished trainings. Store first, fold after: the chunks are the truth, everything
 * else here can be computed from them again.
 */
@NullMarked
@CheckReturnValue
package io.pacewire.training;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
