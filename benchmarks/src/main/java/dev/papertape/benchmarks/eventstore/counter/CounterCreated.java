package dev.papertape.benchmarks.eventstore.counter;

/** A counter stands at 0. */
public record CounterCreated(String counterId, String note) {}
