package dev.papertape.benchmarks.market;

import dev.papertape.command.market.BookView;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.contracts.market.MarketEvent;

/** Looks at nothing that the market says. */
final class Silent implements MarketState.Listener {
  @Override
  public void fact(MarketEvent event) {}

  @Override
  public void bookChanged(BookView book) {}

  @Override
  public void traded(PublicTrade trade) {}
}
