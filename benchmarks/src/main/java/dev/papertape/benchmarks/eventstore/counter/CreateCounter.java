package dev.papertape.benchmarks.eventstore.counter;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Creates a counter at 0. */
public record CreateCounter(@TargetAggregateIdentifier String counterId, String note) {}
