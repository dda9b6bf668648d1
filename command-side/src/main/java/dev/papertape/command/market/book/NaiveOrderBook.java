package dev.papertape.command.market.book;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.Scale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The obvious book: a sorted map a side. The reference that {@link FastOrderBook} is tested and
 * measured against; reading a level other than the best by index costs O(n).
 */
final class NaiveOrderBook implements LevelBook {
  private record Level(
      long quantity, long revision, int priceWireDecimals, int quantityWireDecimals) {}

  private TreeMap<Long, Level> bids = new TreeMap<>(Comparator.reverseOrder());
  private TreeMap<Long, Level> asks = new TreeMap<>();
  private Scale scale;
  private long revision;

  NaiveOrderBook(Scale scale) {
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
    return entry(side, level).getKey();
  }

  @Override
  public long quantity(BookSide side, int level) {
    return entry(side, level).getValue().quantity();
  }

  @Override
  public long revision(BookSide side, int level) {
    return entry(side, level).getValue().revision();
  }

  @Override
  public int priceWireDecimals(BookSide side, int level) {
    return entry(side, level).getValue().priceWireDecimals();
  }

  @Override
  public int quantityWireDecimals(BookSide side, int level) {
    return entry(side, level).getValue().quantityWireDecimals();
  }

  @Override
  public int indexOf(BookSide side, long price) {
    return side(side).containsKey(price) ? side(side).headMap(price).size() : -1;
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
      side(side).put(price, new Level(quantity, revision, priceWireDecimals, quantityWireDecimals));
    }
  }

  @Override
  public void truncate(int depth) {
    while (bids.size() > depth) {
      bids.pollLastEntry();
    }
    while (asks.size() > depth) {
      asks.pollLastEntry();
    }
  }

  @Override
  public void requireFits(Scale finer) {
    rescaled(bids, finer);
    rescaled(asks, finer);
  }

  @Override
  public void rescale(Scale finer) {
    bids = rescaled(bids, finer);
    asks = rescaled(asks, finer);
    scale = finer;
  }

  private TreeMap<Long, Level> rescaled(TreeMap<Long, Level> side, Scale finer) {
    int priceUp = finer.priceDecimals() - scale.priceDecimals();
    int quantityUp = finer.quantityDecimals() - scale.quantityDecimals();
    TreeMap<Long, Level> result = new TreeMap<>(side.comparator());
    side.forEach(
        (price, level) ->
            result.put(
                PowersOfTen.scaleUp(price, priceUp),
                new Level(
                    PowersOfTen.scaleUp(level.quantity(), quantityUp),
                    level.revision(),
                    level.priceWireDecimals(),
                    level.quantityWireDecimals())));
    return result;
  }

  private TreeMap<Long, Level> side(BookSide side) {
    return side == BookSide.BID ? bids : asks;
  }

  private Map.Entry<Long, Level> entry(BookSide side, int level) {
    if (level == 0 && !side(side).isEmpty()) {
      return side(side).firstEntry();
    }
    List<Map.Entry<Long, Level>> entries = new ArrayList<>(side(side).entrySet());
    return entries.get(level);
  }
}
