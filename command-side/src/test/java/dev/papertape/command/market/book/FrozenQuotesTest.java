package dev.papertape.command.market.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.CandleSource;
import dev.papertape.command.market.Integrity.UpdateIds;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.PriceLevels;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.command.market.SnapshotRequests;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.VenueInput.InstrumentsListed;
import dev.papertape.command.market.VenueInput.Kline;
import dev.papertape.command.market.VenueInput.SocketOpened;
import dev.papertape.command.market.VenueInput.TradePrint;
import dev.papertape.command.market.VenueProfile;
import dev.papertape.command.market.WireDecimal;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.IntegrityScheme;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.market.VenueLatency;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.contracts.quality.StreamState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Live bars of every kind of wire beside the engine's own book, 99.90 and 100.10 at first; each
 * minute is traded from 99.80 to 100.20, ten seconds and twenty seconds after it began.
 */
class FrozenQuotesTest implements MarketState.Listener {
  private static final Venue VENUE = new Venue("VENUE");
  private static final Symbol BTC = new Symbol("BTC-USD");
  private static final Instant START = Instant.parse("2026-01-05T12:00:00Z");
  private static final int MINUTES = 10;

  private VenueBooks books;
  private Instant now = START;
  private long updateId = 100;
  private long ordinal;
  private long trades;

  @ParameterizedTest
  @EnumSource
  void Bug_4_liveBarsAreHeldAgainstTheQuotesOfTheBook(CandleSource source) {
    play(source, false);
    assertThat(frozen()).as("from the sixth whole bar on").isBetween(4L, 5L);
    assertThat(state()).isEqualTo(StreamState.FLAGGED);
  }

  /** Away and back within each minute: at its end the quotes are what they were. */
  @ParameterizedTest
  @EnumSource
  void quotesThatMoveWithinTheMinuteAreNotFrozen(CandleSource source) {
    play(source, true);
    assertThat(frozen()).isZero();
  }

  private void play(CandleSource source, boolean moving) {
    list(source);
    for (int second = 0; second < 60 * MINUTES + 10; second++) {
      now = START.plusSeconds(second);
      books.tick(now, this);
      quote("99.90", moving && second % 60 == 30 ? "0" : "10", second);
      if (second <= 60 * MINUTES) {
        trade(source, second);
      }
    }
  }

  private void trade(CandleSource source, int second) {
    String price =
        switch (second % 60) {
          case 10 -> "99.80";
          case 20 -> "100.20";
          default -> null;
        };
    if (source == CandleSource.TRADES && price != null) {
      apply(
          new TradePrint(
              arrival(),
              BTC,
              false,
              trades++,
              WireDecimal.of(price),
              WireDecimal.of("1." + second),
              Side.BUY,
              now));
    } else if (source == CandleSource.RUNNING_ROWS && second % 60 == 20) {
      apply(row(second / 60, false));
    } else if (source == CandleSource.CLOSED_ROWS && second > 0 && second % 60 == 0) {
      apply(row(second / 60 - 1, true));
    }
  }

  private Kline row(int minute, boolean closed) {
    Instant open = START.plusSeconds(60L * minute);
    return new Kline(
        arrival(),
        BTC,
        "1m",
        open,
        open.plusMillis(59_999),
        new BigDecimal("99.80"),
        new BigDecimal("100.20"),
        new BigDecimal("99.80"),
        new BigDecimal("100.20"),
        new BigDecimal("1." + (1001 + minute)),
        2,
        closed);
  }

  /** The best bid's quantity; something deeper changes with every message. */
  private void quote(String bid, String quantity, int second) {
    updateId++;
    apply(
        new DepthDiff(
            arrival(),
            BTC,
            new UpdateIds(updateId, updateId, UpdateIds.NO_PREVIOUS),
            now,
            PriceLevels.of(bid, quantity, "99.00", "1" + second % 10),
            PriceLevels.NONE));
  }

  private void list(CandleSource source) {
    books =
        new VenueBooks(
            List.of(
                new VenueProfile(
                    VENUE,
                    VenueKind.RECORDED,
                    List.of("file"),
                    new VenueFees(1, 2),
                    new VenueLatency(1, 2, 3),
                    List.of("L2"),
                    IntegrityScheme.SEQUENCE,
                    source)),
            MarketLimits.defaults(),
            SnapshotRequests.NONE,
            new Random(1));
    apply(
        new InstrumentsListed(
            arrival(),
            List.of(
                new InstrumentRules(
                    BTC,
                    "BTC-USD",
                    new BigDecimal("0.01"),
                    new BigDecimal("0.001"),
                    BigDecimal.TEN))));
    apply(new SocketOpened(arrival(), "file"));
    apply(
        new DepthSnapshot(
            arrival(),
            BTC,
            UpdateIds.ofSnapshot(updateId),
            null,
            PriceLevels.of("99.90", "10", "99.89", "10", "99.00", "10"),
            PriceLevels.of("100.10", "10", "101.00", "10"),
            DepthSnapshot.INLINE));
  }

  private long frozen() {
    return books.streamCounts().get(VENUE).stream()
        .filter(counts -> counts.channel() == Channel.OHLCV)
        .mapToLong(counts -> counts.byReason().getOrDefault(QualityReason.FROZEN_QUOTES, 0L))
        .sum();
  }

  private StreamState state() {
    return books.streamCounts().get(VENUE).stream()
        .filter(counts -> counts.channel() == Channel.OHLCV)
        .findFirst()
        .orElseThrow()
        .state();
  }

  private void apply(VenueInput input) {
    books.apply(input, this);
  }

  private Arrival arrival() {
    return new Arrival(VENUE, now, 0, ordinal++);
  }

  @Override
  public void fact(MarketEvent event) {}

  @Override
  public void bookChanged(BookView book) {}

  @Override
  public void traded(PublicTrade trade) {}
}
