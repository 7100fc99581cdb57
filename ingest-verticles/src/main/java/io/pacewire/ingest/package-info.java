/**
 * Takes batches over MQTT and WebSocket and hands them to Kafka. One admission path for every door;
 * the batch's header is read, its samples are not, and nothing is acknowledged before Kafka has it.
 */
@NullMarked
@CheckReturnValue
package io.pacewire.ingest;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
