/**
 * Ingest under load, beside the brokers that people would otherwise take: generator, server, Kafka and
 * peers are processes of their own, so that processor time can be told apart.
 */
@NullMarked
package io.pacewire.bench.ingest;

import org.jspecify.annotations.NullMarked;
