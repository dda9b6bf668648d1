package dev.papertape.command.deploy.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.papertape.contracts.deploy.Arm;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ArmAssignmentTest {
  private static final int INTENTS = 200_000;

  @Property
  void anIntentStaysInItsArmAndOneOfTheCandidateStaysThereAsItsShareGrows(
      @ForAll String rollout,
      @ForAll String intent,
      @ForAll @IntRange(max = 50) int percent,
      @ForAll @IntRange(max = 50) int more) {
    Arm arm = new ArmAssignment(rollout, percent).of(intent);

    assertThat(new ArmAssignment(rollout, percent).of(intent)).isEqualTo(arm);
    if (arm == Arm.CANDIDATE && more >= percent) {
      assertThat(new ArmAssignment(rollout, more).of(intent)).isEqualTo(Arm.CANDIDATE);
    }
  }

  /** Worked out by another implementation of the same hash: what is recorded must stay true. */
  @Example
  void theHashIsWhatItSaysItIs() {
    assertThat(firstFive(Arm.CANDIDATE)).containsExactly(11, 14, 19, 38, 74);
    assertThat(firstFive(Arm.CONTROL)).containsExactly(2, 15, 37, 40, 41);
  }

  private static List<Integer> firstFive(Arm arm) {
    ArmAssignment tenth = new ArmAssignment("rollout-1", 10);
    return IntStream.range(0, 1_000)
        .filter(i -> tenth.of("intent-" + i) == arm)
        .limit(5)
        .boxed()
        .toList();
  }

  /** Each share within five standard deviations of a fair draw. */
  @Property(tries = 10)
  void armsAreOfEqualSizeAndAsLargeAsThePolicySays(
      @ForAll @IntRange(min = 1, max = 50) int percent, @ForAll int rollout) {
    ArmAssignment assignment = new ArmAssignment("rollout-" + rollout, percent);
    Map<Arm, Integer> counts = new EnumMap<>(Arm.class);
    for (int i = 0; i < INTENTS; i++) {
      counts.merge(assignment.of("o-" + i), 1, Integer::sum);
    }

    double share = percent / 100.0;
    double tolerance = 5 * Math.sqrt(INTENTS * share * (1 - share));
    assertThat(counts.get(Arm.CANDIDATE) - INTENTS * share).isCloseTo(0, within(tolerance));
    assertThat(counts.get(Arm.CONTROL) - INTENTS * share).isCloseTo(0, within(tolerance));
  }

  @Example
  void atHalfTheOtherHalfIsTheControlArm() {
    ArmAssignment half = new ArmAssignment("r", 50);

    assertThat(IntStream.range(0, 10_000).mapToObj(i -> half.of("o-" + i)))
        .containsOnly(Arm.CANDIDATE, Arm.CONTROL);
  }

  /** Those of one rollout's candidate arm are spread over another's as any others are. */
  @Example
  void anotherRolloutDrawsAnew() {
    ArmAssignment first = new ArmAssignment("rollout-1", 10);
    ArmAssignment second = new ArmAssignment("rollout-2", 10);
    String[] chosen =
        IntStream.range(0, INTENTS)
            .mapToObj(i -> "o-" + i)
            .filter(intent -> first.of(intent) == Arm.CANDIDATE)
            .toArray(String[]::new);
    long again = Arrays.stream(chosen).filter(intent -> second.of(intent) == Arm.CANDIDATE).count();

    double tolerance = 5 * Math.sqrt(chosen.length * 0.1 * 0.9);
    assertThat(again - chosen.length * 0.1).isCloseTo(0, within(tolerance));
  }

  @Example
  void noArmTakesMoreThanHalf() {
    assertThatThrownBy(() -> new ArmAssignment("r", 51))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
