package dev.papertape.query.report;

/** The report's table; sums are left to the reader. */
final class AlphaPnlCsv {
  private static final String HEADER =
      "from,to,currency,alphaId,pnl,fees,turnover,trades,hitRate,contribution,leaveOneOut,shapley,"
          + "shapleyError,interactionResidual";

  private AlphaPnlCsv() {}

  static String of(AlphaPnl report) {
    return Csv.text(
        HEADER,
        report.alphas().stream()
            .map(
                alpha ->
                    Csv.row(
                        report.window().from(),
                        report.window().to(),
                        report.currency(),
                        alpha.alphaId(),
                        alpha.pnl(),
                        alpha.fees(),
                        alpha.turnover(),
                        alpha.trades(),
                        alpha.hitRate(),
                        alpha.contribution(),
                        alpha.leaveOneOut(),
                        alpha.shapley(),
                        alpha.shapleyError(),
                        alpha.interactionResidual())));
  }
}
