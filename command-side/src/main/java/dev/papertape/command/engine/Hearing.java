package dev.papertape.command.engine;

import dev.papertape.command.alpha.AlphaPanel.Opinion;
import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.alpha.AlphaSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each alpha last said of one symbol. One that has no opinion for a while, because it warms up
 * after a restart or after a gap in the feed, is taken at its last word for five minutes, so that
 * it need not sell what it would buy again; then it counts as silent. Owned by the engine's thread.
 */
final class Hearing {
  private static final Duration LAST_WORD = Duration.ofMinutes(5);

  private final SymbolBook book;
  private final Map<String, Said> said = new HashMap<>();

  private record Said(double value, Instant at) {}

  /**
   * @param book what was said at the newest recorded rebalance, also of an earlier life
   */
  Hearing(SymbolBook book) {
    this.book = book;
  }

  /** What the alpha's signal counts as now, in [−1, 1]. */
  double value(AlphaSpec spec, @Nullable Opinion opinion, Instant feedTime) {
    if (opinion != null) {
      said.put(spec.alphaId(), new Said(opinion.value(), feedTime));
      return opinion.value();
    }
    if (!spec.isAsked() || spec.kind() == AlphaKind.EXTERNAL) {
      // What comes from outside says itself for how long it holds.
      said.remove(spec.alphaId());
      return 0;
    }
    Said last =
        said.computeIfAbsent(
            spec.alphaId(), alphaId -> new Said(book.lastValue(alphaId), feedTime));
    return last.at.plus(LAST_WORD).isAfter(feedTime) ? last.value : 0;
  }
}
