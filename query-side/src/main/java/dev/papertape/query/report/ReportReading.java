package dev.papertape.query.report;

import dev.papertape.query.report.ReportWindow.Span;
import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A window's figures, from two rows of each era in it.
 *
 * @param span null when nothing with a feed time has happened
 * @param newest feed time of the newest event, to the second; null likewise
 * @param era of the newest event
 * @param start how things stood when the window began
 * @param end how things stand at its end
 * @param figures of the window
 */
public record ReportReading(
    @Nullable Span span,
    @Nullable Instant newest,
    Era era,
    LedgerView start,
    LedgerView end,
    Figures figures) {
  static final ReportReading NOTHING =
      new ReportReading(null, null, Era.BEFORE_ALL, LedgerView.NONE, LedgerView.NONE, Figures.NONE);

  /** Weights of the newest rebalance before the window's end, by alpha id and symbol. */
  public @Nullable Double weight(String alphaId, String symbol) {
    SortedMap<String, Cell> symbols = end.cells().get(alphaId);
    Cell cell = symbols == null ? null : symbols.get(symbol);
    return cell == null ? null : cell.weight();
  }

  public String currency() {
    return end.currency();
  }

  /** Ids of the alphas that are registered at the window's end. */
  public Iterable<String> registered() {
    return end.alphas();
  }
}
