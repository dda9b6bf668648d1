package dev.papertape.command.regime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.candlefile.CandleFile;
import dev.papertape.command.market.recorded.SharedCaptures;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.regime.Regime;
import dev.papertape.contracts.regime.RegimeEvent.RegimeChanged;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Binance's hours of 2017 to 2024, 58,419 of them; skipped without the file. */
class RegimeOnRealBarsTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void the_crash_of_12_march_2020_is_stress_and_stress_is_rare() throws IOException {
    CandleFile file =
        CandleFile.read(
            SharedCaptures.data("ohlcv/binance_spot_BTCUSDT_1h_20170817-20240421.csv.gz"), _ -> {});
    assertThat(file.bars()).hasSize(58_419);
    SymbolRegime regime = new SymbolRegime(new Symbol("BTC-USDT"), RegimeSettings.DEFAULT);
    List<RegimeChanged> told = new ArrayList<>();
    Map<Regime, Integer> hours = new EnumMap<>(Regime.class);
    for (Bar bar : file.bars()) {
      RegimeBar hour = RegimeBar.of(bar, HOUR);
      regime.bar(hour);
      RegimeChanged news = regime.news(hour.closeTime());
      if (news != null) {
        told.add(news);
      }
      if (regime.told() != null) {
        hours.merge(regime.told(), 1, Integer::sum);
      }
    }

    // The fall from 7,700 to 5,800 between 10 and 11 o'clock.
    assertThat(told)
        .filteredOn(each -> each.regime() == Regime.STRESS)
        .extracting(RegimeChanged::feedTime)
        .contains(Instant.parse("2020-03-12T11:00:00Z"));
    assertThat(hours).containsOnlyKeys(Regime.values());
    assertThat(hours.get(Regime.STRESS)).isLessThan(58_419 / 100);
    assertThat(told)
        .allSatisfy(each -> assertThat(each.features().values()).allMatch(Double::isFinite));
  }
}
