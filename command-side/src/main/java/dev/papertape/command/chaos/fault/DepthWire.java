package dev.papertape.command.chaos.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.market.Symbol;
import java.util.List;
import java.util.Locale;

/** Where a wire has its books. */
@FunctionalInterface
interface DepthWire {
  /** The parts of the message that change books; none of a message about something else. */
  List<DepthMessage> all(ObjectNode message);

  /**
   * The parts of the message that change this book.
   *
   * @param bareSymbol as {@link #bare} makes it
   */
  default List<DepthMessage> of(ObjectNode message, String bareSymbol) {
    return all(message).stream().filter(each -> each.symbol().equals(bareSymbol)).toList();
  }

  static DepthWire of(WireProtocol wire) {
    return switch (wire) {
      case BINANCE_SPOT -> BinanceDepth::all;
      case COINBASE -> CoinbaseDepth::all;
      case KRAKEN -> message -> List.copyOf(KrakenDepth.all(message));
      case BINANCE_FUTURES, COINBASE_PRO, KRAKEN_V1 ->
          throw new IllegalArgumentException(wire + " is read from recordings only");
    };
  }

  /** A symbol without what wires put between its assets: all of them write the assets alike. */
  static String bare(Symbol symbol) {
    return bare(symbol.value());
  }

  static String bare(JsonNode wireSymbol) {
    return bare(wireSymbol.asText());
  }

  private static String bare(String symbol) {
    StringBuilder bare = new StringBuilder(symbol.length());
    symbol.chars().filter(Character::isLetterOrDigit).forEach(c -> bare.append((char) c));
    return bare.toString().toUpperCase(Locale.ROOT);
  }
}
