package dev.papertape.simulator.market;

/**
 * One price of one side.
 *
 * @param ticks price in ticks
 * @param lots displayed quantity in lots; 0 = nothing there any more
 */
public record Level(long ticks, long lots) {}
