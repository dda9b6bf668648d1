package dev.papertape.command.execution;

import dev.papertape.command.router.Decimals;
import dev.papertape.contracts.execution.AccountAfterFill;
import dev.papertape.contracts.execution.AccountCheckpoint;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioMarked;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioReset;
import dev.papertape.contracts.execution.ExecutionEvent.PositionClosed;
import dev.papertape.contracts.execution.FilledLevel;
import dev.papertape.contracts.execution.PositionMark;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.SymbolMark;
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
 * The one paper account, in USDT (USD counts as USDT), exact: realised + unrealised − fees is
 * equity − initial cash to the last digit. It may be short; borrowing is free. Owned by the
 * engine's thread; its whole state comes from {@link PortfolioReset} and {@link OrderFilled}
 * events.
 */
public final class Portfolio {
  public static final String CURRENCY = "USDT";
  public static final BigDecimal DEFAULT_INITIAL_CASH = new BigDecimal("1000000.00");

  private final Map<Symbol, Position> positions = new TreeMap<>();
  private BigDecimal initialCash;
  private BigDecimal cash;
  private BigDecimal realizedPnl = BigDecimal.ZERO;
  private BigDecimal fees = BigDecimal.ZERO;

  public Portfolio(BigDecimal initialCash) {
    this.initialCash = initialCash;
    this.cash = Decimals.tidy(initialCash);
  }

  /** The account after these events, in log order; other events do not touch it. */
  public static Portfolio foldFrom(Iterable<? extends ExecutionEvent> events) {
    Portfolio portfolio = new Portfolio(DEFAULT_INITIAL_CASH);
    events.forEach(portfolio::apply);
    return portfolio;
  }

  /** The account of a checkpoint. */
  public static Portfolio of(AccountCheckpoint checkpoint) {
    Portfolio portfolio = new Portfolio(checkpoint.initialCash());
    portfolio.cash = checkpoint.cash();
    portfolio.realizedPnl = checkpoint.realizedPnl();
    portfolio.fees = checkpoint.fees();
    checkpoint
        .positions()
        .forEach(held -> portfolio.positions.put(held.symbol(), Position.of(held)));
    return portfolio;
  }

  /** The account's exact state, with the ids of the orders that are open now, without its parts. */
  public AccountCheckpoint checkpoint(List<String> openOrders) {
    return new AccountCheckpoint(
        initialCash,
        cash,
        realizedPnl,
        fees,
        positions.values().stream().map(Position::held).toList(),
        openOrders,
        List.of(),
        List.of(),
        List.of());
  }

  /** Takes over what an event of the log did to the account. */
  public void apply(ExecutionEvent event) {
    switch (event) {
      case PortfolioReset reset -> reset(reset.initialCash());
      case OrderFilled fill ->
          fill(fill.symbol(), fill.side(), fill.levels(), fill.fee(), fill.feedTime());
      case ExecutionEvent.OrderAccepted _,
          ExecutionEvent.OrderBlocked _,
          ExecutionEvent.OrderExpired _,
          ExecutionEvent.OrderCancelled _,
          PositionClosed _,
          PortfolioMarked _,
          ExecutionEvent.AlphasCrossed _,
          ExecutionEvent.FillMarkedOut _,
          ExecutionEvent.OrderReviewed _,
          ExecutionEvent.EngineCheckpointed _ -> {}
    }
  }

  /** What a fill did. */
  public record FillResult(AccountAfterFill account, @Nullable PositionClosed closed) {}

  /**
   * Books a fill.
   *
   * @param levels not empty; money sums them exactly
   * @param fee quote units, negative is a rebate
   */
  public FillResult fill(
      Symbol symbol, Side side, List<FilledLevel> levels, BigDecimal fee, Instant feedTime) {
    BigDecimal sign = BigDecimal.valueOf(side.sign());
    BigDecimal notional = Notional.of(levels).multiply(sign);
    BigDecimal quantity = Notional.quantity(levels);
    Position.Change change =
        position(symbol).traded(quantity.multiply(sign), notional, fee, feedTime);
    Position after = change.position();
    positions.put(symbol, after);
    cash = Decimals.tidy(cash.subtract(notional).subtract(fee));
    realizedPnl = Decimals.tidy(realizedPnl.add(change.realizedPnl()));
    fees = Decimals.tidy(fees.add(fee));
    AccountAfterFill account =
        new AccountAfterFill(
            cash, after.quantity(), after.averagePrice(), change.realizedPnl(), realizedPnl, fees);
    Position.ClosedRound round = change.closed();
    PositionClosed closed =
        round == null
            ? null
            : new PositionClosed(
                symbol, round.realizedPnl(), round.fees(), round.openedAt(), feedTime);
    return new FillResult(account, closed);
  }

  /** A new account; open positions are gone with the old one. */
  public void reset(BigDecimal newInitialCash) {
    positions.clear();
    initialCash = newInitialCash;
    cash = Decimals.tidy(newInitialCash);
    realizedPnl = BigDecimal.ZERO;
    fees = BigDecimal.ZERO;
  }

  /**
   * The account at these marks. A position without a mark is valued at its cost.
   *
   * @param marks common mid of a symbol, null if no venue is fresh
   */
  public PortfolioMarked marked(Function<Symbol, @Nullable BigDecimal> marks, Instant feedTime) {
    return marked(marks, List.of(), feedTime);
  }

  /**
   * As {@link #marked(Function, Instant)}.
   *
   * @param common the mids of all symbols that have one, held or not
   */
  public PortfolioMarked marked(
      Function<Symbol, @Nullable BigDecimal> marks, List<SymbolMark> common, Instant feedTime) {
    BigDecimal equity = cash;
    BigDecimal unrealized = BigDecimal.ZERO;
    List<PositionMark> open = new ArrayList<>();
    for (Position position : positions.values()) {
      BigDecimal average = position.averagePrice();
      if (average != null) {
        BigDecimal mark = marks.apply(position.symbol());
        BigDecimal gain = mark == null ? BigDecimal.ZERO : position.unrealizedPnl(mark);
        unrealized = unrealized.add(gain);
        equity = equity.add(position.cost()).add(gain);
        open.add(
            new PositionMark(
                position.symbol(),
                position.quantity(),
                average,
                mark,
                gain,
                position.realizedPnl()));
      }
    }
    return new PortfolioMarked(
        CURRENCY,
        cash,
        Decimals.tidy(equity),
        realizedPnl,
        Decimals.tidy(unrealized),
        fees,
        List.copyOf(open),
        common,
        feedTime);
  }

  /** Signed base units, 0 when flat. */
  public BigDecimal quantity(Symbol symbol) {
    return position(symbol).quantity();
  }

  public BigDecimal cash() {
    return cash;
  }

  public BigDecimal initialCash() {
    return initialCash;
  }

  /** Σ |quantity| · mark over all positions but one; at cost where there is no mark. */
  public BigDecimal grossExposureWithout(
      Symbol excluded, Function<Symbol, @Nullable BigDecimal> marks) {
    BigDecimal gross = BigDecimal.ZERO;
    for (Position position : positions.values()) {
      if (!position.symbol().equals(excluded) && position.quantity().signum() != 0) {
        BigDecimal mark = marks.apply(position.symbol());
        BigDecimal value = mark == null ? position.cost() : position.quantity().multiply(mark);
        gross = gross.add(value.abs());
      }
    }
    return gross;
  }

  private Position position(Symbol symbol) {
    Position position = positions.get(symbol);
    return position == null ? Position.flat(symbol) : position;
  }
}
