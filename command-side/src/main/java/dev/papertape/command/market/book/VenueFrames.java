package dev.papertape.command.market.book;

import dev.papertape.command.market.MarketState.Listener;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.InstrumentsListed;
import dev.papertape.contracts.market.Symbol;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Takes what a venue's frames hold to the book, the trades and the candles that it is of. */
final class VenueFrames {
  private VenueFrames() {}

  /** Parts of one frame; together they follow the connection's frame before, or do not. */
  static void bundle(
      ListedVenue venue, VenueInput.Bundle bundle, Instant feedTime, Listener listener) {
    Verdict verdict = venue.judge(bundle);
    if (verdict.requiresResync()) {
      for (ListedVenue.Listing listing : venue.listings()) {
        listing.book().connectionBroke(bundle.source(), verdict, feedTime, listener);
        listing.candles().interrupted();
      }
    }
    boolean seenBefore = verdict instanceof Verdict.Duplicate;
    for (VenueInput part : bundle.parts()) {
      if (!seenBefore) {
        frame(venue, part, feedTime, listener);
      } else {
        repeated(venue, part);
      }
    }
  }

  /** A part of a frame that came before: counted, not used. */
  private static void repeated(ListedVenue venue, VenueInput part) {
    Symbol symbol = symbolOf(part);
    ListedVenue.Listing listing = symbol == null ? null : venue.listing(symbol);
    if (listing == null) {
      return;
    }
    switch (part) {
      case VenueInput.DepthDiff diff -> listing.book().repeated(diff);
      case VenueInput.DepthSnapshot snapshot -> listing.book().repeated(snapshot);
      case VenueInput.TradePrint trade -> listing.trades().repeated(trade);
      default -> {}
    }
  }

  /** One input that is no bundle. */
  static void frame(ListedVenue venue, VenueInput frame, Instant feedTime, Listener listener) {
    if (frame instanceof VenueInput.MalformedFrame malformed) {
      venue.countMalformed();
      if (malformed.bookOf() == null && malformed.depth()) {
        venue
            .listings()
            .forEach(listing -> listing.book().mayHaveMissed(malformed, feedTime, listener));
      }
      if (malformed.bookOf() == null || venue.listing(malformed.bookOf()) == null) {
        venue.malformed(malformed, listener);
        return;
      }
    }
    Symbol symbol = symbolOf(frame);
    ListedVenue.Listing listing = symbol == null ? null : venue.listing(symbol);
    if (listing == null) {
      return;
    }
    VenueBook book = listing.book();
    switch (frame) {
      case VenueInput.DepthDiff diff -> book.diff(diff, feedTime, listener);
      case VenueInput.DepthSnapshot snapshot -> book.snapshot(snapshot, feedTime, listener);
      case VenueInput.TopOfBook quote -> book.quoted(quote, feedTime, listener);
      case VenueInput.TradePrint trade -> trade(listing, trade, feedTime, listener);
      case VenueInput.Kline row -> listing.candles().row(row, feedTime, listener);
      case VenueInput.MalformedFrame malformed -> book.malformed(malformed, feedTime, listener);
      case VenueInput.OtherFrame _,
          VenueInput.Bundle _,
          VenueInput.SocketOpened _,
          VenueInput.SocketClosed _,
          InstrumentsListed _,
          VenueInput.CandlesFetched _,
          VenueInput.CandlesFailed _,
          VenueInput.SnapshotFailed _ -> {}
    }
  }

  private static void trade(
      ListedVenue.Listing listing,
      VenueInput.TradePrint trade,
      Instant feedTime,
      Listener listener) {
    switch (listing.trades().print(trade, listener)) {
      case PASSED_ON -> listing.candles().trade(trade, feedTime, listener);
      case PASSED_ON_AFTER_GAP -> {
        listing.candles().missedTrades();
        listing.candles().trade(trade, feedTime, listener);
      }
      case PUT_ASIDE -> listing.candles().missedTrades();
      case SEEN_BEFORE -> {}
    }
  }

  private static @Nullable Symbol symbolOf(VenueInput frame) {
    return switch (frame) {
      case VenueInput.DepthDiff diff -> diff.symbol();
      case VenueInput.DepthSnapshot snapshot -> snapshot.symbol();
      case VenueInput.TopOfBook quote -> quote.symbol();
      case VenueInput.TradePrint trade -> trade.symbol();
      case VenueInput.Kline kline -> kline.symbol();
      case VenueInput.MalformedFrame malformed -> malformed.bookOf();
      case VenueInput.SnapshotFailed failed -> failed.symbol();
      case VenueInput.CandlesFetched fetched -> fetched.symbol();
      case VenueInput.CandlesFailed failed -> failed.symbol();
      case VenueInput.OtherFrame _,
          VenueInput.Bundle _,
          VenueInput.SocketOpened _,
          VenueInput.SocketClosed _,
          InstrumentsListed _ ->
          null;
    };
  }
}
