/**
 * The way of a sample under load, from the device's socket to the committed chunk and the folded
 * figure: devices, roles, Kafka and PostgreSQL are processes of their own on one machine.
 */
@NullMarked
package io.pacewire.bench.pipeline;

import org.jspecify.annotations.NullMarked;
