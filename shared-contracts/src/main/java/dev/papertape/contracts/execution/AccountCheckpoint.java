package dev.papertape.contracts.execution;

import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The exact state of the paper account and the orders that were open, so that an engine starts from
 * here and not from the log's beginning.
 *
 * @param realizedPnl before fees
 * @param openOrders ids of orders that were not over
 * @param subAccounts by alpha id; empty in logs from before there were several alphas
 * @param records by alpha id
 * @param books by symbol
 */
public record AccountCheckpoint(
    BigDecimal initialCash,
    BigDecimal cash,
    BigDecimal realizedPnl,
    BigDecimal fees,
    List<HeldPosition> positions,
    List<String> openOrders,
    List<SubAccountState> subAccounts,
    List<AlphaRecordState> records,
    List<SymbolBookState> books) {
  public AccountCheckpoint {
    subAccounts = orEmpty(subAccounts);
    records = orEmpty(records);
    books = orEmpty(books);
  }

  /**
   * One position with its exact cost.
   *
   * @param cost signed quote units paid for the open quantity
   * @param roundPnl realised since the position was last flat, before fees
   * @param openedAt null when flat
   */
  public record HeldPosition(
      Symbol symbol,
      BigDecimal quantity,
      BigDecimal cost,
      BigDecimal realizedPnl,
      BigDecimal roundPnl,
      BigDecimal roundFees,
      @Nullable Instant openedAt) {}

  /** The same account with its alphas' part. */
  public AccountCheckpoint with(
      List<SubAccountState> parts, List<AlphaRecordState> taken, List<SymbolBookState> symbols) {
    return new AccountCheckpoint(
        initialCash, cash, realizedPnl, fees, positions, openOrders, parts, taken, symbols);
  }

  /** A list that older payloads do not have. */
  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}
