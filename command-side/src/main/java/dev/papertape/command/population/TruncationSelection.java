package dev.papertape.command.population;

import dev.papertape.contracts.population.MemberScore;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Truncation selection of population based training (Jaderberg et al. 2017, "Population Based
 * Training of Neural Networks", section 4.1.1; behaviour as in Ray Tune's {@code
 * PopulationBasedTraining}): each member of the last quantile takes over a random one of the first.
 */
final class TruncationSelection {
  private TruncationSelection() {}

  /**
   * A member of the last quantile and what it becomes a copy of.
   *
   * @param target its score is null where it has none
   * @param source has a score
   */
  record Exploit(MemberScore target, MemberScore source) {}

  /** ⌈members · quantile⌉, at most half of them, so that nobody is copied and replaced at once. */
  static int size(int members, double quantile) {
    int ceiling =
        BigDecimal.valueOf(quantile)
            .multiply(BigDecimal.valueOf(members))
            .setScale(0, RoundingMode.CEILING)
            .intValueExact();
    return Math.min(ceiling, members / 2);
  }

  /** Best first; those without a score last; ties in drawn order. */
  static List<MemberScore> ranked(List<MemberScore> scores, RandomGenerator draws) {
    List<MemberScore> ranked = new ArrayList<>(scores);
    // One fixed order before the draw, so that it does not matter in which they were given.
    ranked.sort(Comparator.comparing(MemberScore::memberId));
    shuffle(ranked, draws);
    ranked.sort(
        Comparator.comparing(
            MemberScore::score, Comparator.nullsLast(Comparator.<Double>reverseOrder())));
    return ranked;
  }

  /**
   * Who copies whom, the last in rank first. Only a member with a score is copied; nobody is when
   * none of the first has one.
   *
   * @param ranked as {@link #ranked} gives it
   */
  static List<Exploit> exploits(List<MemberScore> ranked, double quantile, RandomGenerator draws) {
    int size = size(ranked.size(), quantile);
    List<MemberScore> sources =
        ranked.subList(0, size).stream().filter(each -> each.score() != null).toList();
    if (sources.isEmpty()) {
      return List.of();
    }
    return ranked.subList(ranked.size() - size, ranked.size()).reversed().stream()
        .map(target -> new Exploit(target, sources.get(draws.nextInt(sources.size()))))
        .toList();
  }

  private static void shuffle(List<MemberScore> members, RandomGenerator draws) {
    for (int last = members.size() - 1; last > 0; last--) {
      Collections.swap(members, last, draws.nextInt(last + 1));
    }
  }
}
