package dev.papertape.command.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.guards.VenueDoors;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.router.RouterPolicy;
import dev.papertape.contracts.market.MarketEvent;
import org.junit.jupiter.api.Test;

class VenueWatchTest {
  private static final MarketState.Listener NOBODY =
      new MarketState.Listener() {
        @Override
        public void fact(MarketEvent event) {}

        @Override
        public void bookChanged(BookView book) {}

        @Override
        public void traded(PublicTrade trade) {}
      };

  @Test
  void aDiscardedBookHasNotTheHashThatItHadBefore() {
    EngineRig rig = new EngineRig();
    MarketState books = EngineRig.books();
    VenueWatch watch =
        new VenueWatch(EngineRig.settings(1), RouterPolicy.DEFAULT, books, new VenueDoors());
    rig.opening().forEach(input -> books.apply(input, NOBODY));
    BookView view = books.book(EngineRig.VENUE, EngineRig.BTC);
    String full = watch.topLevelsHash(view);
    assertThat(watch.topLevelsHash(view)).isEqualTo(full);

    long messages = view.messages();
    books.apply(new VenueInput.SocketClosed(rig.arrival(), "end"), NOBODY);
    assertThat(view.messages()).isEqualTo(messages);
    assertThat(watch.topLevelsHash(view)).isNotEqualTo(full);
  }
}
