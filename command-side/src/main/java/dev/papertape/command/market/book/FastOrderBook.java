package dev.papertape.command.market.book;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.Scale;

/**
 * The book of the hot path: parallel sorted arrays a side, best level last, so that a change near
 * the top, where nearly all changes are, moves few elements. Setting a level costs O(log n) to find
 * and O(distance from the top) to insert or remove; reading by index costs O(1); nothing is
 * allocated except when a side outgrows its arrays.
 */
final class FastOrderBook implements LevelBook {
  private final LadderSide bids = new LadderSide(1);
  private final LadderSide asks = new LadderSide(-1);
  private Scale scale;
  private long revision;

  FastOrderBook(Scale scale) {
    this.scale = scale;
  }

  @Override
  public Scale scale() {
    return scale;
  }

  @Override
  public int levels(BookSide side) {
    return side(side).size();
  }

  @Override
  public long price(BookSide side, int level) {
    return side(side).price(level);
  }

  @Override
  public long quantity(BookSide side, int level) {
    return side(side).quantity(level);
  }

  @Override
  public long depth(BookSide side, int levels) {
    return side(side).depth(levels);
  }

  @Override
  public long revision(BookSide side, int level) {
    return side(side).revision(level);
  }

  @Override
  public int priceWireDecimals(BookSide side, int level) {
    return side(side).format(level) & 0xF;
  }

  @Override
  public int quantityWireDecimals(BookSide side, int level) {
    return (side(side).format(level) >> 4) & 0xF;
  }

  @Override
  public int indexOf(BookSide side, long price) {
    return side(side).indexOf(price);
  }

  @Override
  public void beginUpdate() {
    revision++;
  }

  @Override
  public void clear() {
    bids.clear();
    asks.clear();
  }

  @Override
  public void set(
      BookSide side, long price, long quantity, int priceWireDecimals, int quantityWireDecimals) {
    if (quantity == 0) {
      side(side).remove(price);
    } else {
      side(side)
          .put(price, quantity, revision, (byte) (quantityWireDecimals << 4 | priceWireDecimals));
    }
  }

  @Override
  public void truncate(int depth) {
    bids.keepBest(depth);
    asks.keepBest(depth);
  }

  @Override
  public void requireFits(Scale finer) {
    int priceUp = finer.priceDecimals() - scale.priceDecimals();
    int quantityUp = finer.quantityDecimals() - scale.quantityDecimals();
    bids.requireFits(priceUp, quantityUp);
    asks.requireFits(priceUp, quantityUp);
  }

  @Override
  public void rescale(Scale finer) {
    int priceUp = finer.priceDecimals() - scale.priceDecimals();
    int quantityUp = finer.quantityDecimals() - scale.quantityDecimals();
    bids.rescale(priceUp, quantityUp);
    asks.rescale(priceUp, quantityUp);
    scale = finer;
  }

  private LadderSide side(BookSide side) {
    return side == BookSide.BID ? bids : asks;
  }
}
