package dev.papertape.command.execution;

import dev.papertape.command.router.Decimals;
import dev.papertape.contracts.execution.SubAccountState;
import dev.papertape.contracts.execution.SubAccountState.SubPosition;
import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One alpha's positions and what they made, by the same average-cost arithmetic as the account's.
 * Also an alpha's shadow book. Owned by the engine's thread.
 */
public final class SubAccount {
  private final String alphaId;
  private final Map<Symbol, Position> positions = new TreeMap<>();
  private final Map<Symbol, BigDecimal> fees = new TreeMap<>();
  private BigDecimal turnover = BigDecimal.ZERO;
  private long trades;
  private long wins;
  private BigDecimal decided = BigDecimal.ZERO;
  private BigDecimal slipped = BigDecimal.ZERO;
  private BigDecimal modelled = BigDecimal.ZERO;

  public SubAccount(String alphaId) {
    this.alphaId = alphaId;
  }

  public static SubAccount of(SubAccountState state) {
    SubAccount account = new SubAccount(state.alphaId());
    for (SubPosition position : state.positions()) {
      account.positions.put(position.held().symbol(), Position.of(position.held()));
      account.fees.put(position.held().symbol(), position.fees());
    }
    account.turnover = state.turnover();
    account.trades = state.trades();
    account.wins = state.wins();
    account.decided = state.decided();
    account.slipped = state.slipped();
    account.modelled = state.modelled();
    return account;
  }

  public SubAccountState state() {
    List<SubPosition> held = new ArrayList<>();
    positions.forEach(
        (symbol, position) -> held.add(new SubPosition(position.held(), feesOf(symbol))));
    return new SubAccountState(
        alphaId, List.copyOf(held), turnover, trades, wins, decided, slipped, modelled);
  }

  /** A fill that it owns, or a part of one. */
  public void fill(
      Symbol symbol,
      BigDecimal signedQuantity,
      BigDecimal signedNotional,
      BigDecimal fee,
      Instant feedTime) {
    turnover = Decimals.tidy(turnover.add(signedNotional.abs()));
    trade(symbol, signedQuantity, signedNotional, fee, feedTime);
  }

  /** A crossing inside, which costs nothing. */
  void cross(Symbol symbol, BigDecimal signedQuantity, BigDecimal mid, Instant feedTime) {
    trade(
        symbol,
        signedQuantity,
        Decimals.tidy(signedQuantity.multiply(mid)),
        BigDecimal.ZERO,
        feedTime);
  }

  /**
   * How the fill compares with the mid at its decision, and with what the model would have paid.
   */
  void compared(
      BigDecimal signedQuantity, BigDecimal signedNotional, BigDecimal mid, BigDecimal halfSpread) {
    BigDecimal atMid = signedQuantity.multiply(mid);
    decided = Decimals.tidy(decided.add(atMid.abs()));
    slipped = Decimals.tidy(slipped.add(signedNotional.subtract(atMid)));
    modelled = Decimals.tidy(modelled.add(signedQuantity.abs().multiply(halfSpread)));
  }

  private void trade(
      Symbol symbol,
      BigDecimal signedQuantity,
      BigDecimal signedNotional,
      BigDecimal fee,
      Instant feedTime) {
    Position before = positions.getOrDefault(symbol, Position.flat(symbol));
    Position.Change change = before.traded(signedQuantity, signedNotional, fee, feedTime);
    positions.put(symbol, change.position());
    fees.put(symbol, Decimals.tidy(feesOf(symbol).add(fee)));
    Position.ClosedRound round = change.closed();
    if (round != null) {
      trades++;
      wins += round.realizedPnl().compareTo(round.fees()) > 0 ? 1 : 0;
    }
  }

  /** Signed base units, 0 when flat. */
  public BigDecimal quantity(Symbol symbol) {
    Position position = positions.get(symbol);
    return position == null ? BigDecimal.ZERO : position.quantity();
  }

  /** Realised and unrealised of one symbol, after fees; at cost where there is no mark. */
  public BigDecimal pnl(Symbol symbol, @Nullable BigDecimal mark) {
    Position position = positions.get(symbol);
    if (position == null) {
      return BigDecimal.ZERO;
    }
    BigDecimal gain = mark == null ? BigDecimal.ZERO : position.unrealizedPnl(mark);
    return Decimals.tidy(position.realizedPnl().add(gain).subtract(feesOf(symbol)));
  }

  /** Realised and unrealised of all symbols, after fees. */
  public BigDecimal pnl(Function<Symbol, @Nullable BigDecimal> marks) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Symbol symbol : positions.keySet()) {
      sum = sum.add(pnl(symbol, marks.apply(symbol)));
    }
    return Decimals.tidy(sum);
  }

  /** −Σ signed notional of all trades of a symbol: realised less the cost of what is open. */
  BigDecimal cashFlow(Symbol symbol) {
    Position position = positions.get(symbol);
    return position == null
        ? BigDecimal.ZERO
        : Decimals.tidy(position.realizedPnl().subtract(position.cost()));
  }

  BigDecimal feesOf(Symbol symbol) {
    return fees.getOrDefault(symbol, BigDecimal.ZERO);
  }
}
