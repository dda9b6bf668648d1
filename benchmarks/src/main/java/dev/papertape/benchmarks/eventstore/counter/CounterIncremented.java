package dev.papertape.benchmarks.eventstore.counter;

/**
 * @param total what the counter stands at afterwards
 */
public record CounterIncremented(String counterId, long amount, long total, String note) {}
