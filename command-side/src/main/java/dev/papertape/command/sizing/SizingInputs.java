package dev.papertape.command.sizing;

import dev.papertape.contracts.report.ReturnMoments;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the sizing rule looks at.
 *
 * @param equity of the account at common mids, quote units
 * @param realizedVol annualised, as a fraction; null while it is unknown
 * @param bookReturns minute returns of the symbol's alphas together, on the notional that a
 *     combined signal of 1 held
 * @param displayed what the eligible books display on their thinner side, quote units
 * @param exposureLeft what the exposure limit leaves beside the other symbols, quote units
 */
public record SizingInputs(
    BigDecimal equity,
    @Nullable Double realizedVol,
    ReturnMoments bookReturns,
    BigDecimal displayed,
    BigDecimal exposureLeft) {}
