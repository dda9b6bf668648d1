package dev.papertape.command.market.recorded;

import dev.papertape.command.market.WireProtocol;
import dev.papertape.command.market.binance.BinanceDecoder;
import dev.papertape.command.market.binance.WireSymbols;
import dev.papertape.command.market.coinbase.CoinbaseDecoder;
import dev.papertape.command.market.coinbase.CoinbaseProDecoder;
import dev.papertape.command.market.kraken.KrakenDecoder;
import dev.papertape.command.market.kraken.KrakenV1Decoder;
import dev.papertape.command.market.wire.FrameDecoder;
import dev.papertape.command.market.wire.PairNames;
import dev.papertape.command.market.wire.SymbolNames;
import java.util.Map;

/** Decoders and names of every protocol that recordings are in. */
public final class Wires {
  /** Kraken's v1 and REST call them so; v2 has the usual names. */
  private static final Map<String, String> KRAKEN_V1_ASSETS = Map.of("XBT", "BTC", "XDG", "DOGE");

  private Wires() {}

  public static SymbolNames names(WireProtocol wire) {
    return switch (wire) {
      case BINANCE_SPOT -> new WireSymbols(false);
      case BINANCE_FUTURES -> new WireSymbols(true);
      case COINBASE, COINBASE_PRO -> new PairNames('-', Map.of());
      case KRAKEN -> new PairNames('/', Map.of());
      case KRAKEN_V1 -> new PairNames('/', KRAKEN_V1_ASSETS);
    };
  }

  /** A fresh decoder, for one connection. */
  public static FrameDecoder decoder(WireProtocol wire, SymbolNames names) {
    return switch (wire) {
      case BINANCE_SPOT, BINANCE_FUTURES -> new BinanceDecoder(names);
      case COINBASE -> new CoinbaseDecoder(names);
      case COINBASE_PRO -> new CoinbaseProDecoder(names);
      case KRAKEN -> new KrakenDecoder(names);
      case KRAKEN_V1 -> new KrakenV1Decoder(names);
    };
  }
}
