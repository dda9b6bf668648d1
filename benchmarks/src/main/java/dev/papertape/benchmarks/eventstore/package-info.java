/**
 * Scenario {@code event-store}: our storage engine and processor beside stock Axon JDBC, in one run
 * on one durable PostgreSQL. Owns the load and the peer's assembly; no rule of the product.
 */
@NullMarked
package dev.papertape.benchmarks.eventstore;

import org.jspecify.annotations.NullMarked;
