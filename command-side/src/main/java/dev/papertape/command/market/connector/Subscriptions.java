package dev.papertape.command.market.connector;

import dev.papertape.command.market.wire.Acknowledgements;
import dev.papertape.command.market.wire.FrameDecoder;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * A venue's protocol where channels are subscribed to by message and a book's snapshot comes first
 * in its channel.
 */
interface Subscriptions {

  /** Makes the protocol for one connector. */
  @FunctionalInterface
  interface Maker {
    Subscriptions of(RestCalls rest, ConnectorSettings settings);
  }

  /** The rules of one symbol, as far as it trades there; throws {@link IOException} if unknown. */
  List<InstrumentRules> rules(Symbol symbol) throws IOException, InterruptedException;

  /** As much of the symbol's one-minute candles from {@code from} on as one call gives. */
  CandlePage candles(Symbol symbol, Instant from, Instant to)
      throws IOException, InterruptedException;

  /** A fresh decoder, for one connection. */
  FrameDecoder decoder(Acknowledgements acknowledgements);

  /** What to say when the socket is open, in order; wire names of all symbols. */
  List<String> everything(List<String> wireSymbols);

  /**
   * What to say to get these symbols' books anew, in order: their snapshots follow. The first
   * message ends what there was.
   *
   * @param request the first message's number on the connection; requests count from 1
   */
  List<String> booksAnew(List<String> wireSymbols, long request);
}
