package dev.papertape.contracts.population;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one member stands within its generation, and its whole book, so that another life of the
 * engine goes on from it.
 *
 * @param score Sharpe ratio of the one-second returns of this generation, mean over standard
 *     deviation (n − 1), not annualised; null with too few of them, without deviation, and of a
 *     member that failed
 * @param returns number of one-second returns on the spec's notional
 * @param mean of these returns
 * @param sumSquares Σ (r − mean)²
 * @param pnl of this generation, realised and unrealised, after fees, quote units
 * @param fees of this generation, quote units
 * @param turnover of this generation, Σ |fill notional|, quote units
 * @param trades fills of this generation
 * @param cash of its book, which began at 0, quote units
 * @param failure why it is asked no more, null of a sound one
 */
public record MemberScore(
    String memberId,
    @Nullable Double score,
    long returns,
    double mean,
    double sumSquares,
    BigDecimal pnl,
    BigDecimal fees,
    BigDecimal turnover,
    long trades,
    BigDecimal cash,
    List<MemberPosition> positions,
    @Nullable String failure) {
  public MemberScore {
    positions = List.copyOf(positions);
  }
}
