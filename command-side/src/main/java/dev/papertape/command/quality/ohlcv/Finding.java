package dev.papertape.command.quality.ohlcv;

import dev.papertape.command.quality.CandleJudge.Judgement;
import dev.papertape.command.quality.CandleJudge.Outcome;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.quality.QualityReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule says against a bar.
 *
 * @param detail the figures that led to it
 */
record Finding(QualityReason reason, String detail) {

  static void add(List<Finding> found, @Nullable Finding finding) {
    if (finding != null) {
      found.add(finding);
    }
  }

  /** The judgement that rests on these findings, the gravest first. */
  static Judgement judgement(Bar bar, Outcome outcome, List<Finding> findings) {
    if (findings.isEmpty()) {
      return new Judgement(bar, outcome, List.of(), "");
    }
    return new Judgement(
        bar,
        outcome,
        findings.stream().map(Finding::reason).distinct().toList(),
        String.join("; ", findings.stream().map(Finding::detail).toList()));
  }
}
