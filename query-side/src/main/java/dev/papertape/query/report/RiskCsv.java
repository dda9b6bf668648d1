package dev.papertape.query.report;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The report's figures, one a row. */
final class RiskCsv {
  private static final String HEADER = "from,to,metric,value,samples,method";

  private RiskCsv() {}

  static String of(Risk risk) {
    Risk.Slippage slippage = risk.slippage();
    Risk.Shortfall shortfall = slippage.implementationShortfall();
    String bps = "bps against the mid at the decision";
    String quote = risk.currency();
    return Csv.text(
        HEADER,
        Stream.of(
            row(
                risk,
                "realizedVol",
                risk.realizedVol().value(),
                risk.realizedVol().samples(),
                risk.realizedVol().method()),
            row(risk, "cvar", risk.cvar().value(), risk.cvar().samples(), risk.cvar().method()),
            row(risk, "var", risk.var().value(), risk.var().samples(), risk.var().method()),
            row(
                risk,
                "maxDrawdown",
                risk.maxDrawdown().value(),
                risk.maxDrawdown().samples(),
                risk.maxDrawdown().method()),
            row(
                risk,
                "sharpe",
                risk.sharpe().value(),
                risk.sharpe().samples(),
                risk.sharpe().method()),
            row(
                risk,
                "turnover",
                risk.turnover().value(),
                risk.turnover().samples(),
                risk.turnover().method()),
            row(
                risk,
                "slippageMean",
                slippage.meanBps(),
                slippage.samples(),
                bps + ", notional-weighted"),
            row(risk, "slippageP50", slippage.p50Bps(), slippage.samples(), bps),
            row(risk, "slippageP95", slippage.p95Bps(), slippage.samples(), bps),
            row(risk, "shortfallDelay", shortfall.delay(), shortfall.samples(), quote),
            row(risk, "shortfallTrading", shortfall.trading(), shortfall.samples(), quote),
            row(risk, "shortfallOpportunity", shortfall.opportunity(), shortfall.samples(), quote),
            row(risk, "shortfallFees", shortfall.fees(), shortfall.samples(), quote),
            row(risk, "shortfallTotal", shortfall.total(), shortfall.samples(), quote)));
  }

  private static List<@Nullable Object> row(
      Risk risk, String metric, @Nullable Object value, long samples, String method) {
    return Csv.row(risk.window().from(), risk.window().to(), metric, value, samples, method);
  }
}
