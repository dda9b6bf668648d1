package dev.papertape.eventstore.lease;

/**
 * Proof of a lease: the append transaction refuses a unit of work whose number is not the newest of
 * the lease's name.
 *
 * @param lease name of the lease, for example {@code engine}
 * @param number 1, 2, 3 … one higher at each change of holder
 */
public record Epoch(String lease, long number) {}
