package dev.papertape.contracts.execution;

import java.math.BigDecimal;

/**
 * What part of a fill is whose: whole lots by largest remainder in the proportion of the order's
 * allocations, ties by alpha id.
 *
 * @param quantity base units, &gt; 0; all of a fill add up to its quantity
 * @param fee quote units; all of a fill add up to its fee
 */
public record FillShare(String alphaId, BigDecimal quantity, BigDecimal fee) {}
