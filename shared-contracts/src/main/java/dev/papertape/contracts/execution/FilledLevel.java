package dev.papertape.contracts.execution;

import java.math.BigDecimal;

/** What one book level gave to a fill. */
public record FilledLevel(BigDecimal price, BigDecimal quantity) {}
