package dev.papertape.contracts.market;

import java.math.BigDecimal;

/**
 * A venue's trading rules for one symbol.
 *
 * @param wireSymbol the venue's own name, for example {@code BTCUSDT}
 * @param tickSize smallest price step, &gt; 0
 * @param lotSize smallest quantity step, &gt; 0, in base units
 * @param minNotional smallest order value, &ge; 0, in quote units
 */
public record InstrumentRules(
    Symbol symbol,
    String wireSymbol,
    BigDecimal tickSize,
    BigDecimal lotSize,
    BigDecimal minNotional) {}
