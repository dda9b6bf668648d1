package dev.papertape.command.engine;

import dev.papertape.command.execution.ExecutionDesk;
import dev.papertape.command.execution.LiveOrder;
import dev.papertape.command.execution.Portfolio;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.EngineCheckpointed;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioMarked;
import dev.papertape.contracts.execution.SymbolMark;
import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values the account once a feed second in which something moved, and writes down its exact state
 * from time to time. Owned by the engine's thread.
 */
final class AccountKeeper {
  private final EngineSettings settings;
  private final Portfolio portfolio;
  private final AlphaLedger alphas;
  private final ExecutionDesk desk;
  private boolean moved = true;
  private long markedSecond = Long.MIN_VALUE;
  private @Nullable PortfolioMarked lastMark;
  private @Nullable Instant checkpointedAt;

  AccountKeeper(
      EngineSettings settings, Portfolio portfolio, AlphaLedger alphas, ExecutionDesk desk) {
    this.settings = settings;
    this.portfolio = portfolio;
    this.alphas = alphas;
    this.desk = desk;
  }

  /** The account is not what it was at the newest mark. */
  void changed() {
    moved = true;
  }

  void happened(ExecutionEvent event) {
    switch (event) {
      case ExecutionEvent.OrderFilled _, ExecutionEvent.PortfolioReset _ -> moved = true;
      case ExecutionEvent.OrderAccepted _,
          ExecutionEvent.OrderBlocked _,
          ExecutionEvent.OrderExpired _,
          ExecutionEvent.OrderCancelled _,
          ExecutionEvent.PositionClosed _,
          PortfolioMarked _,
          ExecutionEvent.AlphasCrossed _,
          ExecutionEvent.FillMarkedOut _,
          ExecutionEvent.OrderReviewed _,
          EngineCheckpointed _ -> {}
    }
  }

  void tick(
      long frame,
      Instant feedTime,
      Collection<Symbol> symbols,
      Function<Symbol, @Nullable BigDecimal> mids,
      Consumer<ExecutionEvent> out) {
    if (feedTime.getEpochSecond() != markedSecond) {
      markedSecond = feedTime.getEpochSecond();
      mark(symbols, mids, feedTime, out);
    }
    if (checkpointedAt == null) {
      checkpointedAt = feedTime;
    } else if (!checkpointedAt.plus(settings.checkpointEvery()).isAfter(feedTime)) {
      checkpoint(frame, feedTime, out);
    }
  }

  void checkpoint(long frame, Instant feedTime, Consumer<ExecutionEvent> out) {
    checkpointedAt = feedTime;
    List<String> open = desk.openOrders().stream().map(LiveOrder::orderId).toList();
    out.accept(new EngineCheckpointed(alphas.into(portfolio.checkpoint(open)), frame, feedTime));
  }

  private void mark(
      Collection<Symbol> symbols,
      Function<Symbol, @Nullable BigDecimal> mids,
      Instant feedTime,
      Consumer<ExecutionEvent> out) {
    List<SymbolMark> common = new ArrayList<>();
    for (Symbol symbol : symbols) {
      BigDecimal mid = mids.apply(symbol);
      if (mid != null) {
        common.add(new SymbolMark(symbol, mid));
      }
    }
    PortfolioMarked mark = portfolio.marked(mids, common, feedTime);
    if (moved
        || lastMark == null
        || !mark.positions().equals(lastMark.positions())
        || !mark.marks().equals(lastMark.marks())) {
      out.accept(mark);
      lastMark = mark;
      moved = false;
    }
  }
}
