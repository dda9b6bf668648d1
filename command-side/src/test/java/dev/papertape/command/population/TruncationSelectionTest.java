package dev.papertape.command.population;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.population.TruncationSelection.Exploit;
import dev.papertape.contracts.population.MemberScore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruncationSelectionTest {

  /** ⌈N·q⌉, at most N/2: 3 · 0.5 = 1.5 would be 2 of 3; 0.07 · 100 is 7, not 7.000000000000001. */
  @ParameterizedTest
  @CsvSource({
    "8,0.25,2",
    "10,0.25,3",
    "3,0.5,1",
    "2,0.25,1",
    "4,0.01,1",
    "100,0.07,7",
    "32,0.5,16"
  })
  void theQuantileIsRoundedUpAndNeverMoreThanHalf(int members, double quantile, int size) {
    assertThat(TruncationSelection.size(members, quantile)).isEqualTo(size);
  }

  /** a 0.3, b none, c −0.1, d 0.7, e 0.1, f 0.2, g none, h 0.5: best d, h; last b, g. */
  @Test
  void theLastTwoOfEightCopyOneOfTheFirstTwo() {
    List<MemberScore> ranked =
        TruncationSelection.ranked(
            members(0.3, null, -0.1, 0.7, 0.1, 0.2, null, 0.5), new Random(1));
    assertThat(ranked.subList(0, 6))
        .extracting(MemberScore::memberId)
        .containsExactly("d", "h", "a", "f", "e", "c");
    assertThat(ranked.subList(6, 8))
        .extracting(MemberScore::memberId)
        .containsExactlyInAnyOrder("b", "g");

    List<Exploit> exploits = TruncationSelection.exploits(ranked, 0.25, new Random(1));
    assertThat(exploits)
        .extracting(exploit -> exploit.target().memberId())
        .containsExactly(ranked.get(7).memberId(), ranked.get(6).memberId());
    assertThat(exploits)
        .allMatch(exploit -> Set.of("d", "h").contains(exploit.source().memberId()));
  }

  @Test
  void nobodyIsCopiedWithoutAScore() {
    List<MemberScore> none = TruncationSelection.ranked(members(null, null, null, null), draws(1));
    assertThat(TruncationSelection.exploits(none, 0.5, draws(1))).isEmpty();

    List<MemberScore> one = TruncationSelection.ranked(members(null, null, 0.1, null), draws(1));
    assertThat(TruncationSelection.exploits(one, 0.5, draws(1)))
        .hasSize(2)
        .allMatch(exploit -> exploit.source().memberId().equals("c"));
  }

  @Test
  void tiesAreDrawnAndEachOfThemMayWin() {
    Set<String> winners = new HashSet<>();
    for (long seed = 0; seed < 50; seed++) {
      winners.add(
          TruncationSelection.ranked(members(0.2, 0.2, 0.2), draws(seed)).getFirst().memberId());
    }
    assertThat(winners).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Property(tries = 300)
  void sourcesAreFirstTargetsLastAndNobodyIsBoth(
      @ForAll @IntRange(min = 2, max = 26) int members,
      @ForAll @DoubleRange(min = 0.01, max = 0.5) double quantile,
      @ForAll long seed) {
    Random draws = new Random(seed);
    List<MemberScore> given = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      given.add(
          Samples.score(name(i), draws.nextInt(4) == 0 ? null : (Double) draws.nextGaussian()));
    }
    List<MemberScore> ranked = TruncationSelection.ranked(given, draws(seed));
    List<MemberScore> turned = new ArrayList<>(given);
    Collections.reverse(turned);
    assertThat(TruncationSelection.ranked(turned, draws(seed))).isEqualTo(ranked);
    assertThat(ranked).containsExactlyInAnyOrderElementsOf(given);

    List<Exploit> exploits = TruncationSelection.exploits(ranked, quantile, draws(seed));
    int size = TruncationSelection.size(members, quantile);
    Set<MemberScore> first = new HashSet<>(ranked.subList(0, size));
    Set<MemberScore> last = new HashSet<>(ranked.subList(members - size, members));
    assertThat(first).doesNotContainAnyElementsOf(last);
    for (Exploit exploit : exploits) {
      assertThat(first).contains(exploit.source());
      assertThat(exploit.source().score()).isNotNull();
    }
    if (!exploits.isEmpty()) {
      assertThat(exploits.stream().map(Exploit::target).toList())
          .containsExactlyInAnyOrderElementsOf(last);
    }
  }

  private static Random draws(long seed) {
    return SeededDraws.of(seed, "p", 0);
  }

  private static List<MemberScore> members(Double... scores) {
    List<MemberScore> members = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      members.add(Samples.score(name(i), scores[i]));
    }
    return members;
  }

  private static String name(int i) {
    return Character.toString('a' + i);
  }
}
