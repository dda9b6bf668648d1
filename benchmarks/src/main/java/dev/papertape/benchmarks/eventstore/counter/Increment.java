package dev.papertape.benchmarks.eventstore.counter;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Adds to a counter. */
public record Increment(@TargetAggregateIdentifier String counterId, long amount, String note) {}
