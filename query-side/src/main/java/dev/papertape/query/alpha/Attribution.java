package dev.papertape.query.alpha;

import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.query.report.Amounts;
import dev.papertape.query.report.Cents;
import dev.papertape.query.report.ReportReading;
import dev.papertape.query.report.ReportWindow;
import dev.papertape.query.report.WindowView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What each alpha brought in each symbol. Money in cents of {@code currency}, rounded over all rows
 * together, so that each column adds up.
 *
 * @param attributions by alpha id, then symbol
 * @param interactionResidual value of all alphas together less Σ leaveOneOut
 * @param executionResidual Σ pnl less the modelled value of all alphas together
 */
record Attribution(
    WindowView window,
    String currency,
    List<Row> attributions,
    BigDecimal pnl,
    BigDecimal interactionResidual,
    BigDecimal executionResidual) {

  /**
   * @param signalWeight with which it was combined at the newest rebalance, null before one
   * @param pnl realised and unrealised, after fees
   * @param leaveOneOut null for {@code _manual}, which is no player
   * @param shapley null likewise
   * @param interactionResidual shapley less leaveOneOut, null likewise
   */
  record Row(
      String alphaId,
      Symbol symbol,
      @Nullable Double signalWeight,
      BigDecimal pnl,
      @Nullable BigDecimal leaveOneOut,
      @Nullable BigDecimal shapley,
      @Nullable BigDecimal interactionResidual) {}

  private record Key(String alphaId, String symbol) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byAlpha = alphaId.compareTo(other.alphaId);
      return byAlpha != 0 ? byAlpha : symbol.compareTo(other.symbol);
    }
  }

  static Attribution of(ReportWindow window, ReportReading reading) {
    SortedMap<Key, Amounts> all = new TreeMap<>();
    SortedMap<Key, Amounts> players = new TreeMap<>();
    reading
        .figures()
        .byAlpha()
        .forEach(
            (alphaId, symbols) ->
                symbols.forEach(
                    (symbol, amounts) -> {
                      all.put(new Key(alphaId, symbol), amounts);
                      if (!alphaId.equals(AlphaSpec.MANUAL)) {
                        players.put(new Key(alphaId, symbol), amounts);
                      }
                    }));
    SortedMap<Key, BigDecimal> pnl = Cents.of(all, Amounts::pnl);
    SortedMap<Key, BigDecimal> leaveOneOut = Cents.of(players, Amounts::leaveOneOut);
    SortedMap<Key, BigDecimal> shapley = Cents.of(players, Amounts::shapley);
    List<Row> rows = new ArrayList<>();
    pnl.forEach(
        (key, earned) -> {
          BigDecimal alone = leaveOneOut.get(key);
          BigDecimal part = shapley.get(key);
          rows.add(
              new Row(
                  key.alphaId,
                  new Symbol(key.symbol),
                  reading.weight(key.alphaId, key.symbol),
                  earned,
                  alone,
                  part,
                  alone == null || part == null ? null : part.subtract(alone)));
        });
    BigDecimal total = Cents.sum(pnl.values());
    BigDecimal together = Cents.sum(shapley.values());
    return new Attribution(
        WindowView.of(window, reading.span()),
        reading.currency(),
        rows,
        total,
        together.subtract(Cents.sum(leaveOneOut.values())),
        total.subtract(together));
  }
}
