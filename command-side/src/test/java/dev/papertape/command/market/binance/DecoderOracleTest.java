package dev.papertape.command.market.binance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.recorded.SharedCaptures;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every depth message of real captures decodes as Jackson's streaming parser reads it. */
class DecoderOracleTest {

  @ParameterizedTest
  @CsvSource({
    "spot_btcusdt_20240808.gz, false, BTC-USDT, 3451",
    "usdm_btcusdt_20240808.gz, true, BTC-USDT-PERP, 6551",
    "cm_ethusd_perp_20240808.gz, true, ETH-USD-PERP, 22909"
  })
  void equalsTheReference(String file, boolean futures, String symbol, int messages)
      throws IOException {
    BinanceDecoder decoder = new BinanceDecoder(new WireSymbols(futures));
    Arrival arrival = new Arrival(new Venue("BINANCE"), Instant.EPOCH, 0, 0);
    int compared = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(SharedCaptures.l2("hftbacktest/" + file))),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        byte[] frame = line.getBytes(StandardCharsets.UTF_8);
        int from = line.indexOf(' ') + 1;
        VenueInput decoded = decoder.decode(arrival, frame, from, frame.length);
        if (decoded instanceof DepthDiff) {
          compared++;
          assertThat(decoded)
              .isEqualTo(
                  StreamingReferenceDecoder.decode(
                      arrival, new Symbol(symbol), frame, from, frame.length));
        }
      }
    }
    assertThat(compared).isEqualTo(messages);
  }
}
