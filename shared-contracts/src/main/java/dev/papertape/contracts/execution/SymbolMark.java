package dev.papertape.contracts.execution;

import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;

/** The common mid of a symbol at a mark. */
public record SymbolMark(Symbol symbol, BigDecimal mid) {}
