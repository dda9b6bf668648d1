package dev.papertape.query.report;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaRegistered;
import dev.papertape.contracts.alpha.AlphaEvent.SignalsCombined;
import dev.papertape.contracts.alpha.AlphaSignal;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.AlphasCrossed;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioMarked;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioReset;
import dev.papertape.contracts.execution.FillShare;
import dev.papertape.contracts.execution.PositionMark;
import dev.papertape.contracts.execution.SymbolMark;
import dev.papertape.contracts.market.MarketEvent.VenueRegistered;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rules of alpha P&amp;L (metrics.md): sub-positions of fills and crossings valued at common
 * mids, and the coalitions' books, which run on over the recorded signals. Its state after a feed
 * second does not depend on the order of the fills within. Plain; owned by one thread.
 */
final class Ledger {
  /** Half a common spread in the model's costs; recorded mids have no spread. */
  static final double HALF_SPREAD_BPS = 1;

  /** Taker fee of the model until a venue has said its own. */
  static final double UNKNOWN_TAKER_BPS = 10;

  private final SortedSet<String> alphas;
  private final SortedMap<String, BigDecimal> marks;
  private final SortedMap<String, Double> takerBps;
  private final SortedMap<String, Rebalance> rebalances;
  private final SortedMap<String, SortedMap<String, Cell>> cells;
  private String currency;
  private long account;
  private @Nullable BigDecimal initialCash;
  private @Nullable BigDecimal equity;

  Ledger(LedgerView view) {
    currency = view.currency();
    account = view.account();
    initialCash = view.initialCash();
    equity = view.equity();
    alphas = new TreeSet<>(view.alphas());
    marks = new TreeMap<>(view.marks());
    takerBps = new TreeMap<>(view.takerBps());
    rebalances = new TreeMap<>(view.rebalances());
    cells = copy(view.cells());
  }

  /** A copy that does not change. */
  LedgerView view() {
    return new LedgerView(
        currency,
        account,
        initialCash,
        equity,
        new TreeSet<>(alphas),
        new TreeMap<>(marks),
        new TreeMap<>(takerBps),
        new TreeMap<>(rebalances),
        copy(cells));
  }

  private static SortedMap<String, SortedMap<String, Cell>> copy(
      SortedMap<String, SortedMap<String, Cell>> cells) {
    SortedMap<String, SortedMap<String, Cell>> copy = new TreeMap<>();
    cells.forEach((alphaId, symbols) -> copy.put(alphaId, new TreeMap<>(symbols)));
    return copy;
  }

  @Nullable BigDecimal equity() {
    return equity;
  }

  long account() {
    return account;
  }

  /**
   * Feed time of an event, null where it has none. Nor has a registered venue: an engine that
   * starts may register before its feed has begun.
   */
  static @Nullable Instant feedTime(DomainEvent event) {
    return switch (event) {
      case ExecutionEvent execution -> execution.feedTime();
      case SignalsCombined combined -> combined.feedTime();
      default -> null;
    };
  }

  void apply(DomainEvent event) {
    switch (event) {
      case AlphaRegistered registered -> alphas.add(registered.alphaId());
      case VenueRegistered venue -> takerBps.put(venue.venue().name(), venue.fees().takerBps());
      case SignalsCombined combined -> rebalance(combined);
      case OrderFilled filled -> filled(filled);
      case AlphasCrossed crossed -> crossed(crossed);
      case PortfolioMarked marked -> marked(marked);
      case PortfolioReset reset -> reset(reset);
      default -> throw new IllegalArgumentException("not folded here: " + event.getClass());
    }
  }

  private void crossed(AlphasCrossed crossed) {
    long second = crossed.feedTime().getEpochSecond();
    for (AlphasCrossed.Transfer transfer : crossed.transfers()) {
      change(
          transfer.alphaId(),
          crossed.symbol().value(),
          cell -> cell.crossed(second, transfer.quantity(), crossed.mid()));
    }
  }

  private void filled(OrderFilled filled) {
    long second = filled.feedTime().getEpochSecond();
    BigDecimal sign = BigDecimal.valueOf(filled.side().sign());
    List<FillShare> shares =
        filled.shares().isEmpty()
            ? List.of(new FillShare(filled.alphaId(), filled.quantity(), filled.fee()))
            : filled.shares();
    for (FillShare share : shares) {
      change(
          share.alphaId(),
          filled.symbol().value(),
          cell ->
              cell.filled(second, share.quantity().multiply(sign), filled.price(), share.fee()));
    }
  }

  private void marked(PortfolioMarked marked) {
    currency = marked.currency();
    equity = marked.equity();
    marked.positions().forEach(this::mark);
    for (SymbolMark mark : marked.marks()) {
      mark(mark.symbol().value(), mark.mid());
    }
  }

  /** Older logs have the marks of open positions only. */
  private void mark(PositionMark position) {
    BigDecimal mark = position.mark();
    if (mark != null) {
      mark(position.symbol().value(), mark);
    }
  }

  private void mark(String symbol, BigDecimal mid) {
    BigDecimal before = marks.put(symbol, mid);
    if (before != null && before.compareTo(mid) != 0) {
      double distance = mid.subtract(before).doubleValue();
      cells
          .values()
          .forEach(symbols -> symbols.computeIfPresent(symbol, (s, cell) -> cell.moved(distance)));
    }
  }

  private void reset(PortfolioReset reset) {
    currency = reset.currency();
    account++;
    initialCash = reset.initialCash();
    equity = reset.initialCash();
    rebalances.clear();
    cells
        .values()
        .forEach(symbols -> symbols.replaceAll((symbol, cell) -> cell.reset(marks.get(symbol))));
  }

  /** The coalitions' books go where the recorded signals send each of them. */
  private void rebalance(SignalsCombined event) {
    String symbol = event.symbol().value();
    Rebalance from = rebalances.getOrDefault(symbol, Rebalance.NONE);
    Rebalance to = Rebalance.of(event);
    marks.putIfAbsent(symbol, event.mid());
    for (AlphaSignal signal : event.signals()) {
      change(signal.alphaId(), symbol, cell -> cell.weighed(signal.weight()));
    }
    new CoalitionStep(from, to, costBps(), event.rebalanceId().hashCode())
        .parts()
        .forEach(
            (alphaId, step) -> change(alphaId, symbol, cell -> cell.rebalanced(step, event.mid())));
    rebalances.put(symbol, to);
  }

  private double costBps() {
    return HALF_SPREAD_BPS
        + takerBps.values().stream()
            .mapToDouble(Double::doubleValue)
            .min()
            .orElse(UNKNOWN_TAKER_BPS);
  }

  private void change(String alphaId, String symbol, UnaryOperator<Cell> change) {
    cells
        .computeIfAbsent(alphaId, id -> new TreeMap<>())
        .compute(symbol, (s, cell) -> change.apply(cell == null ? Cell.NONE : cell));
  }
}
