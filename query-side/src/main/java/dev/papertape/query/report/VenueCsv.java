package dev.papertape.query.report;

import dev.papertape.query.report.VenueReport.Line;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row a venue. */
final class VenueCsv {
  private static final String HEADER =
      "venue,orders,legs,fills,notional,fees,fillRate,legsEnded,winRate,comparisons,"
          + "slippageMeanBps,slippageP50Bps,slippageP95Bps,slippageSamples,effectiveSpreadBps,"
          + "realizedSpread1sBps,realizedSpread10sBps,realizedSpread60sBps,priceImprovementBps,"
          + "quotedFills,timeToFillP50Ms,timeToFillP95Ms,downtimeMs,downtimeRatio,downtimeEpisodes,"
          + "resyncs,rejects,feesBps,score";

  private VenueCsv() {}

  static String of(VenueReport report) {
    return Csv.text(HEADER, report.venues().stream().map(VenueCsv::row));
  }

  private static List<@Nullable Object> row(Line line) {
    return Csv.row(
        line.venue(),
        line.orders(),
        line.legs(),
        line.fills(),
        line.notional(),
        line.fees(),
        line.fillRate(),
        line.legsEnded(),
        line.winRate(),
        line.comparisons(),
        line.slippage().meanBps(),
        line.slippage().p50Bps(),
        line.slippage().p95Bps(),
        line.slippage().samples(),
        line.effectiveSpreadBps(),
        line.realizedSpreadBps().s1(),
        line.realizedSpreadBps().s10(),
        line.realizedSpreadBps().s60(),
        line.priceImprovementBps(),
        line.quotedFills(),
        line.timeToFillMs().p50(),
        line.timeToFillMs().p95(),
        line.downtime().ms(),
        line.downtime().ratio(),
        line.downtime().episodes(),
        line.resyncs(),
        line.rejects(),
        line.feesBps(),
        line.score());
  }
}
