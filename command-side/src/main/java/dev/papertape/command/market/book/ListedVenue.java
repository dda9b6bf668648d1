package dev.papertape.command.market.book;

import dev.papertape.command.market.MarketState.Listener;
import dev.papertape.command.market.VenueInput.Bundle;
import dev.papertape.command.market.VenueInput.MalformedFrame;
import dev.papertape.command.market.VenueProfile;
import dev.papertape.command.market.candle.CandleStream;
import dev.papertape.command.market.candle.VenueCandles;
import dev.papertape.command.quality.BarLedger;
import dev.papertape.command.quality.FrameSubject;
import dev.papertape.command.quality.HeldRecord;
import dev.papertape.command.quality.QualityNote;
import dev.papertape.command.quality.QualityPolicy;
import dev.papertape.command.quality.RawText;
import dev.papertape.command.quality.StreamTally;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.contracts.quality.RawEncoding;
import dev.papertape.contracts.quality.StreamCounts;
import dev.papertape.contracts.quality.StreamState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One venue: its sockets, and book, trades and candles of each symbol that it lists. */
final class ListedVenue {
  /** Of the channels in a listing's counts. */
  private static final List<Channel> ORDER = List.of(Channel.L2, Channel.TRADES, Channel.OHLCV);

  /** What the venue has of one symbol. */
  record Listing(VenueBook book, TradeTape trades, CandleStream candles, BarLedger bars) {

    /** The counts of all its streams that changed since they were asked for last. */
    List<StreamCounts> news(Instant feedTime) {
      return Stream.of(
              book.view().tally().news(book.view().streamState(feedTime)),
              trades.tally().news(trades.state(feedTime)),
              bars.tally().news(bars.state(feedTime)))
          .filter(Objects::nonNull)
          .map(Objects::requireNonNull)
          .toList();
    }

    StreamState state(Channel channel, Instant feedTime) {
      return switch (channel) {
        case L2 -> book.view().streamState(feedTime);
        case TRADES -> trades.state(feedTime);
        case OHLCV -> bars.state(feedTime);
      };
    }

    List<StreamCounts> counts(Instant feedTime) {
      return List.of(
          book.view().tally().counts(book.view().streamState(feedTime)),
          trades.tally().counts(trades.state(feedTime)),
          bars.tally().counts(bars.state(feedTime)));
    }
  }

  private final VenueProfile profile;
  private final VenueSockets sockets;
  private final Map<Symbol, Listing> listings = new TreeMap<>();
  private final Map<Integer, ConnectionSequence> sequences = new HashMap<>();
  private final StreamTally unattributed = new StreamTally(null, Channel.L2);
  private final QualityPolicy policy;
  private @Nullable Instant observedAt;
  private final VenueCandles candles;
  private long malformed;

  ListedVenue(VenueProfile profile, MarketLimits limits, QualityPolicy policy) {
    this.profile = profile;
    this.policy = policy;
    this.sockets = new VenueSockets(profile.venue(), limits.socketIdleAfter());
    this.candles = new VenueCandles(profile.venue());
  }

  VenueProfile profile() {
    return profile;
  }

  VenueSockets sockets() {
    return sockets;
  }

  @Nullable Listing listing(Symbol symbol) {
    return listings.get(symbol);
  }

  void list(Symbol symbol, Listing listing) {
    listings.put(symbol, listing);
  }

  Collection<Listing> listings() {
    return listings.values();
  }

  List<InstrumentRules> rules() {
    return listings.values().stream()
        .map(listing -> listing.book().view().instrument().rules())
        .toList();
  }

  /** The venue's candles as a whole. */
  VenueCandles candles() {
    return candles;
  }

  /** Each symbol's candles. */
  List<CandleStream> candleStreams() {
    return listings.values().stream().map(Listing::candles).toList();
  }

  /** A connection starts over; its frames are numbered anew. */
  void newConnection(int source) {
    sequences.remove(source);
  }

  /** Whether the frame follows the one before on its connection, where frames are numbered. */
  Verdict judge(Bundle frame) {
    Long number = frame.connectionSequence();
    return number == null
        ? Verdict.IN_ORDER
        : sequences.computeIfAbsent(frame.source(), _ -> new ConnectionSequence()).next(number);
  }

  void countMalformed() {
    malformed++;
  }

  /** A frame that does not parse and is no message of a book that could be named. */
  void malformed(MalformedFrame frame, Listener listener) {
    if (frame.raw().equals(RawText.NONE)) {
      return;
    }
    FrameSubject subject = FrameSubject.of(frame.raw().text(), rules());
    Symbol symbol = subject.symbol();
    Listing listing = symbol == null ? null : listings.get(symbol);
    Instant at = frame.receivedAt();
    candlesMayMiss(subject, listing);
    StreamTally tally = unattributed;
    Supplier<StreamCounts> counts = () -> unattributed.counts(unattributedState(at));
    if (listing != null) {
      tally =
          switch (subject.channel()) {
            case L2 -> listing.book().view().tally();
            case TRADES -> listing.trades().tally();
            case OHLCV -> listing.bars().tally();
          };
      counts = () -> listing.counts(at).get(ORDER.indexOf(subject.channel()));
    }
    tally.received(at);
    tally.quarantined(QualityReason.SCHEMA, at);
    listener.noted(
        new QualityNote.Held(
            new HeldRecord(
                profile.venue(),
                listing == null ? null : symbol,
                listing == null ? Channel.L2 : subject.channel(),
                QualityReason.SCHEMA,
                frame.reason(),
                Map.of(),
                RawEncoding.WIRE,
                frame.raw(),
                at,
                counts,
                null)));
  }

  /** What such a frame held is in no candle: theirs are fetched. */
  private void candlesMayMiss(FrameSubject subject, @Nullable Listing listing) {
    for (Listing each : listing == null ? listings.values() : List.of(listing)) {
      if (subject.mayBeOf(Channel.TRADES)) {
        each.candles().missedTrades();
      }
      if (subject.mayBeOf(Channel.OHLCV)) {
        each.candles().missedRow();
      }
    }
  }

  /**
   * Tells the counts that changed, at most every so often.
   *
   * @param always whether to tell them now in any case
   */
  void observe(Instant feedTime, boolean always, Listener listener) {
    if (!always && observedAt != null && observedAt.plus(policy.observeEvery()).isAfter(feedTime)) {
      return;
    }
    List<StreamCounts> news = new ArrayList<>();
    listings.values().forEach(listing -> news.addAll(listing.news(feedTime)));
    StreamCounts others = unattributed.news(unattributedState(feedTime));
    if (others != null) {
      news.add(others);
    }
    if (!news.isEmpty()) {
      observedAt = feedTime;
      listener.noted(new QualityNote.Observed(profile.venue(), List.copyOf(news)));
    }
  }

  /** Counts of every stream as they stand, ordered by symbol and channel. */
  List<StreamCounts> counts(Instant feedTime) {
    List<StreamCounts> counts = new ArrayList<>();
    listings.values().forEach(listing -> counts.addAll(listing.counts(feedTime)));
    if (unattributed.received() > 0) {
      counts.add(unattributed.counts(unattributedState(feedTime)));
    }
    return counts;
  }

  private StreamState unattributedState(Instant feedTime) {
    return unattributed.okOrFlagged(feedTime, policy.flaggedFor());
  }

  long malformed() {
    return malformed;
  }
}
