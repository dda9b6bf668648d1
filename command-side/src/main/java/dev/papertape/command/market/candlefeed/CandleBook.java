package dev.papertape.command.market.candlefeed;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.Instrument;
import dev.papertape.command.market.OrderBook;
import dev.papertape.command.market.Scale;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.report.VolumeShareSlippage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The book of one symbol as its candles let one think of it: one level a side around the last known
 * price. In order from a bar's open to the moment at which the bar is over, stale in a gap after
 * it, so that nothing is filled at a price of before an outage.
 */
final class CandleBook implements BookView, OrderBook {
  private final Instrument instrument;
  private final BigDecimal halfSpread;
  private final BigDecimal participation;
  private BigDecimal volume = BigDecimal.ZERO;
  private long bid;
  private long ask;
  private long displayed;
  private long revision;
  private @Nullable Instant receivedAt;
  private Instant goodUntil = Instant.MIN;

  CandleBook(Instrument instrument, CandleTerms terms) {
    this.instrument = instrument;
    this.halfSpread = BigDecimal.valueOf(terms.spreadBps()).movePointLeft(4).divide(TWO);
    this.participation = terms.participation();
  }

  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  /**
   * Another price is known.
   *
   * @param barVolume of the newest whole bar; nothing is displayed while it is 0
   * @param until moment up to which one may trade on it
   */
  void become(BigDecimal price, BigDecimal barVolume, Instant at, Instant until) {
    Scale scale = instrument.scale();
    BigDecimal away = price.multiply(halfSpread);
    bid = scaled(price.subtract(away), RoundingMode.FLOOR);
    ask = scaled(price.add(away), RoundingMode.CEILING);
    volume = barVolume;
    displayed =
        scale.quantity(
            barVolume
                .multiply(participation)
                .setScale(scale.quantityDecimals(), RoundingMode.FLOOR));
    receivedAt = at;
    goodUntil = until;
    revision++;
  }

  private long scaled(BigDecimal price, RoundingMode mode) {
    Scale scale = instrument.scale();
    return scale.price(price.setScale(scale.priceDecimals(), mode));
  }

  @Override
  public Instrument instrument() {
    return instrument;
  }

  @Override
  public OrderBook book() {
    return this;
  }

  @Override
  public BookState state(Instant feedTime) {
    if (receivedAt == null) {
      return BookState.UNVERIFIABLE;
    }
    return feedTime.isAfter(goodUntil) ? BookState.STALE : BookState.SYNCED;
  }

  /** The displayed price and the volume-share slippage of the newest whole bar, away from it. */
  @Override
  public BigDecimal paid(Side side, BigDecimal price, BigDecimal quantity) {
    if (volume.signum() == 0) {
      return price;
    }
    BigDecimal slipped = VolumeShareSlippage.of(quantity, volume, price);
    return side == Side.BUY
        ? price.add(slipped).setScale(instrument.scale().priceDecimals(), RoundingMode.CEILING)
        : price.subtract(slipped).setScale(instrument.scale().priceDecimals(), RoundingMode.FLOOR);
  }

  @Override
  public @Nullable Long sequence() {
    return receivedAt == null ? null : revision;
  }

  @Override
  public @Nullable Instant exchangeTime() {
    return receivedAt;
  }

  @Override
  public @Nullable Instant receivedAt() {
    return receivedAt;
  }

  @Override
  public long brokenMessages() {
    return 0;
  }

  @Override
  public long messages() {
    return revision;
  }

  /** A candle proves nothing. */
  @Override
  public @Nullable Double verifiedPercent() {
    return null;
  }

  @Override
  public Scale scale() {
    return instrument.scale();
  }

  @Override
  public int levels(BookSide side) {
    return displayed > 0 ? 1 : 0;
  }

  @Override
  public long price(BookSide side, int level) {
    return side == BookSide.BID ? at(level, bid) : at(level, ask);
  }

  @Override
  public long quantity(BookSide side, int level) {
    return at(level, displayed);
  }

  @Override
  public long revision(BookSide side, int level) {
    return at(level, revision);
  }

  @Override
  public int indexOf(BookSide side, long price) {
    return levels(side) == 1 && price(side, 0) == price ? 0 : -1;
  }

  private long at(int level, long value) {
    if (level != 0 || displayed == 0) {
      throw new IndexOutOfBoundsException(level);
    }
    return value;
  }
}
