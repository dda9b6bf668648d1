package dev.papertape.contracts.execution;

import dev.papertape.contracts.execution.AccountCheckpoint.HeldPosition;
import java.math.BigDecimal;
import java.util.List;

/**
 * The exact state of one alpha's part of the account, or of its shadow book.
 *
 * @param turnover Σ |notional| of fills, quote units; crossings inside are none
 * @param trades closed rounds
 * @param wins closed rounds with a profit after their fees
 * @param decided Σ quantity · mid at the decision over fills that had one, quote units
 * @param slipped Σ side · quantity · (price − mid at the decision), quote units
 * @param modelled Σ quantity · half the common spread at the rebalance before, quote units
 */
public record SubAccountState(
    String alphaId,
    List<SubPosition> positions,
    BigDecimal turnover,
    long trades,
    long wins,
    BigDecimal decided,
    BigDecimal slipped,
    BigDecimal modelled) {
  /**
   * One symbol of it.
   *
   * @param fees of all its fills, quote units
   */
  public record SubPosition(HeldPosition held, BigDecimal fees) {}
}
