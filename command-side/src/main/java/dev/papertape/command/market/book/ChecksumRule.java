package dev.papertape.command.market.book;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.Integrity;
import dev.papertape.command.market.PriceLevels;
import dev.papertape.command.market.VenueInput.DepthDiff;

/**
 * Kraken: after each message the ten best levels have a checksum. A lost message shows as soon as
 * it touched one of them; a change below them is applied, and proved by nothing.
 */
enum ChecksumRule implements IntegrityRule {
  TOP_TEN;

  @Override
  public Verdict judge(Position at, DepthDiff diff) {
    return Verdict.IN_ORDER;
  }

  @Override
  public Verdict confirm(LevelBook book, Integrity stated, PriceLevels bids, PriceLevels asks) {
    if (!(stated instanceof Integrity.Checksum checksum) || checksum.crc32() == null) {
      return new Verdict.Unverifiable("a message without a checksum");
    }
    long computed = BookChecksum.of(book);
    if (computed != checksum.crc32()) {
      return new Verdict.Divergence(checksum.crc32().toString(), Long.toString(computed));
    }
    return covers(book, BookSide.BID, bids) && covers(book, BookSide.ASK, asks)
        ? Verdict.IN_ORDER
        : new Verdict.Unverifiable("a change below the levels of the checksum");
  }

  private static boolean covers(LevelBook book, BookSide side, PriceLevels changes) {
    if (book.levels(side) < BookChecksum.LEVELS) {
      return true;
    }
    long last = book.price(side, BookChecksum.LEVELS - 1);
    int decimals = book.scale().priceDecimals();
    for (int i = 0; i < changes.size(); i++) {
      long price =
          PowersOfTen.scaleUp(changes.priceMantissa(i), decimals - changes.priceDecimals(i));
      if (side.better(last, price)) {
        return false;
      }
    }
    return true;
  }
}
