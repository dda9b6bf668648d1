package dev.papertape.command.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.contracts.quality.StreamCounts;
import java.time.Duration;
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

  /** 8 to 26 are late; with 27 twenty stand in a row, and 28 follows it. */
  @Test
  void Bug_4_oneIdFarAheadDoesNotSilenceTheTape() {
    venue.trade(7, "100.00", "1");
    venue.trade(1_000_000, "100.00", "1");
    for (int id = 8; id <= 28; id++) {
      venue.trade(id, "100.00", "1");
    }
    assertThat(venue.held).hasSize(19);
    assertThat(venue.trades).hasSize(4);
    assertThat(counts().verified()).isEqualTo(1);
  }

  @Test
  void Bug_4_idOfABadTradeFarAheadIsNotBelieved() {
    venue.trade(7, "100.00", "1");
    venue.trade(1_000_000, "100.005", "1");
    venue.trade(8, "100.00", "1");
    assertHeld(QualityReason.OFF_TICK);
    assertThat(venue.trades).hasSize(2);
    assertThat(counts().verified()).isEqualTo(1);
  }

  /** 0.06 is 9994 bps from the last trade's 100.00; five minutes later that says nothing. */
  @Test
  void Bug_4_farTradeIsPutAsideWhileTheBookIsBroken() {
    venue.trade(7, "100.00", "1");
    venue.updateId += 5;
    venue.bid("10");
    assertThat(venue.state()).isNotEqualTo(BookState.SYNCED);
    venue.trade(8, "0.06", "1");
    assertHeld(QualityReason.TRADE_FAR_FROM_BOOK);
    venue.trade(9, "99.00", "1");
    assertThat(venue.trades).hasSize(2);
    venue.silence(Duration.ofMinutes(6));
    venue.trade(10, "50.00", "1");
    assertThat(venue.trades).as("never a lock-out").hasSize(3);
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
