package dev.papertape.contracts.execution;

import java.math.BigDecimal;

/**
 * What part of an order is whose.
 *
 * @param quantity base units, &gt; 0; all of an order add up to its quantity
 */
public record Allocation(String alphaId, BigDecimal quantity) {}
