package dev.papertape.command.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.contracts.quality.StreamCounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Trades at a venue whose book has its mid at 100; tick 0.01, lot 0.001. */
abstract class TradeTapeContract {
  private final GuardedVenue venue = new GuardedVenue(VenueKind.RECORDED);

  @AfterEach
  void countsAddUp() {
    assertThat(counts().reconciles()).as(counts().toString()).isTrue();
    assertThat(counts().accepted()).isEqualTo(venue.trades.size());
    assertThat(counts().quarantined()).isEqualTo(venue.held.size());
  }

  @Test
  void tradesInOrderPassAndAreProved() {
    venue.trade(7, "100.00", "1");
    venue.trade(8, "100.01", "0.001");
    assertThat(venue.trades).hasSize(2);
    assertThat(counts().verified()).isEqualTo(1);
  }

  @Test
  void sameTradeAgainIsRejected() {
    venue.trade(7, "100.00", "1");
    venue.trade(7, "100.00", "1");
    assertThat(counts().rejected()).isEqualTo(1);
    assertThat(counts().byReason()).containsEntry(QualityReason.DUPLICATE, 1L);
    assertThat(venue.held).isEmpty();
  }

  @Test
  void anotherTradeUnderItsIdIsPutAside() {
    venue.trade(7, "100.00", "1");
    venue.trade(7, "100.00", "2");
    assertHeld(QualityReason.DUPLICATE);
  }

  @Test
  void lateTradeIsPutAside() {
    venue.trade(7, "100.00", "1");
    venue.trade(6, "100.00", "1");
    assertHeld(QualityReason.OUT_OF_ORDER);
  }

  @Test
  void missingIdsFlagTheTradeAfterThem() {
    venue.trade(7, "100.00", "1");
    venue.trade(10, "100.00", "1");
    assertThat(venue.trades).hasSize(2);
    assertThat(counts().flagged()).isEqualTo(1);
    assertThat(counts().gaps()).isEqualTo(1);
    assertThat(counts().byReason()).containsEntry(QualityReason.TRADE_ID_GAP, 1L);
  }

  @Test
  void tradeOffTheGridIsPutAside() {
    venue.trade(7, "100.005", "1");
    assertHeld(QualityReason.OFF_TICK);
    venue.trade(8, "100.00", "0.0005");
    assertThat(venue.held.getLast().reason()).isEqualTo(QualityReason.OFF_LOT);
    assertThat(venue.books.book(GuardedVenue.VENUE, GuardedVenue.BTC).instrument().scale())
        .as("a bad print makes no scale finer")
        .hasToString("Scale[priceDecimals=2, quantityDecimals=3]");
  }

  @Test
  void tradeMoreThanFivePercentFromTheMidIsPutAside() {
    venue.trade(7, "105.00", "1");
    assertThat(venue.held).isEmpty();
    venue.trade(8, "105.01", "1");
    assertHeld(QualityReason.TRADE_FAR_FROM_BOOK);
    assertThat(venue.held.getFirst().evidence()).containsEntry("mid", "100.00");
    venue.trade(9, "94.99", "1");
    assertThat(venue.held).hasSize(2);
  }

  private void assertHeld(QualityReason reason) {
    assertThat(venue.held).hasSize(1);
    assertThat(venue.held.getFirst().reason()).isEqualTo(reason);
    assertThat(venue.held.getFirst().raw().text()).startsWith("{\"aggregated\":true");
  }

  private StreamCounts counts() {
    return venue.counts(Channel.TRADES);
  }
}
