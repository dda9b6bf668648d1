package dev.papertape.command.market.binance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.market.Symbol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireSymbolsTest {

  @ParameterizedTest
  @CsvSource({
    "false, BTCUSDT, BTC-USDT",
    "false, ETHBTC, ETH-BTC",
    "false, BTCFDUSD, BTC-FDUSD",
    "false, USDCUSDT, USDC-USDT",
    "false, OMGBUSD, OMG-BUSD",
    "true, BTCUSDT, BTC-USDT-PERP",
    "true, ETHUSD_PERP, ETH-USD-PERP",
    "true, BTCUSD_240927, BTC-USD-240927",
    "true, BTCUSDT_240927, BTC-USDT-240927"
  })
  void splitsAtAKnownQuoteAsset(boolean derivatives, String wire, String symbol) {
    assertThat(new WireSymbols(derivatives).symbol(wire)).isEqualTo(new Symbol(symbol));
  }

  @ParameterizedTest
  @CsvSource({"USDT", "XYZ", "btc usdt", "BTCUSDT_ABC"})
  void unknownNamesAreNull(String wire) {
    assertThat(new WireSymbols(false).symbol(wire)).isNull();
  }

  @Test
  void whatTheVenueSaidGoesFirst() {
    WireSymbols symbols = new WireSymbols(false);
    symbols.learn("ABCUSDT", new Symbol("ABCU-SDT"));
    assertThat(symbols.symbol("ABCUSDT")).isEqualTo(new Symbol("ABCU-SDT"));
    assertThat(symbols.wire(new Symbol("ABCU-SDT"))).isEqualTo("ABCUSDT");
  }
}
