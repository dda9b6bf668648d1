/**
 * What crosses a boundary: commands, events and value types, one package per context. No Spring, no
 * I/O. Prices, quantities and money are {@link java.math.BigDecimal} (strings in JSON), ratios and
 * basis points are {@code double} (numbers in JSON), times are {@link java.time.Instant}.
 */
@NullMarked
package dev.papertape.contracts;

import org.jspecify.annotations.NullMarked;
