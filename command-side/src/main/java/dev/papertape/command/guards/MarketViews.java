package dev.papertape.command.guards;

import dev.papertape.command.guards.GuardInputs.MarketView;
import dev.papertape.command.market.BookView;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.InstrumentRules;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sums up a symbol's books for the guards. */
public final class MarketViews {
  private MarketViews() {}

  /**
   * @param views the symbol's books, at least one
   * @param refMid their common mid
   */
  public static MarketView of(
      List<? extends BookView> views, @Nullable BigDecimal refMid, Instant feedTime) {
    int synced = 0;
    int stale = 0;
    int suspect = 0;
    InstrumentRules first = views.getFirst().instrument().rules();
    BigDecimal finestLot = first.lotSize();
    BigDecimal leastMinNotional = first.minNotional();
    for (BookView view : views) {
      BookState state = view.state(feedTime);
      synced += state == BookState.SYNCED ? 1 : 0;
      stale += state == BookState.STALE ? 1 : 0;
      suspect += state == BookState.SUSPECT ? 1 : 0;
      finestLot = finestLot.min(view.instrument().rules().lotSize());
      leastMinNotional = leastMinNotional.min(view.instrument().rules().minNotional());
    }
    return new MarketView(synced, stale, suspect, refMid, finestLot, leastMinNotional);
  }
}
