package dev.papertape.command.deploy.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.deploy.Arm;
import dev.papertape.contracts.deploy.ArmCounts;
import dev.papertape.contracts.deploy.BlockCounts;
import dev.papertape.contracts.deploy.Slo;
import dev.papertape.contracts.deploy.SloCounts;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class SloTallyTest {
  private final SloTally tally = new SloTally(SloCounts.none(Slo.ERROR_RATE));

  /** The obvious way: two lists, paired by index. */
  @Property
  void blocksAreTheArmsSideBySideAsFarAsBothReach(
      @ForAll @Size(max = 60) List<Boolean> candidate,
      @ForAll @Size(max = 60) List<Boolean> control,
      @ForAll @Size(value = 120) List<Boolean> turns) {
    SloTally mixed = new SloTally(SloCounts.none(Slo.ERROR_RATE));
    int c = 0;
    int d = 0;
    for (boolean turn : turns) {
      if (turn && c < candidate.size()) {
        mixed.sample(Arm.CANDIDATE, candidate.get(c++));
      } else if (d < control.size()) {
        mixed.sample(Arm.CONTROL, control.get(d++));
      }
    }
    int blocks = Math.min(c, d);

    assertThat(mixed.counts())
        .isEqualTo(
            new SloCounts(
                Slo.ERROR_RATE,
                new ArmCounts(c, bad(candidate, c), 0),
                new ArmCounts(d, bad(control, d), 0),
                new BlockCounts(blocks, bad(candidate, blocks), bad(control, blocks))));
  }

  @Example
  void neitherTheBaselineNorWhatAnExperimentDisturbedIsASample() {
    tally.sample(Arm.BASELINE, true);
    tally.exclude(Arm.BASELINE);
    tally.exclude(Arm.CANDIDATE);
    tally.exclude(Arm.CONTROL);

    assertThat(tally.counts())
        .isEqualTo(
            new SloCounts(
                Slo.ERROR_RATE, new ArmCounts(0, 0, 1), new ArmCounts(0, 0, 1), BlockCounts.NONE));
  }

  @Example
  void anotherLifeGoesOnFromWhatIsRecorded() {
    tally.sample(Arm.CANDIDATE, true);
    tally.sample(Arm.CONTROL, false);
    tally.sample(Arm.CANDIDATE, true);
    SloTally next = new SloTally(tally.counts());
    next.sample(Arm.CONTROL, true);
    next.sample(Arm.CANDIDATE, false);

    assertThat(next.counts())
        .isEqualTo(
            new SloCounts(
                Slo.ERROR_RATE,
                new ArmCounts(3, 2, 0),
                new ArmCounts(2, 1, 0),
                new BlockCounts(2, 1, 1)));
  }

  @Example
  void anArmWithoutAPartnerTakesNoMemoryWithoutEnd() {
    tally.sample(Arm.CANDIDATE, true);
    for (int i = 0; i < SloTally.MOST_WAITING; i++) {
      tally.sample(Arm.CANDIDATE, false);
    }
    tally.sample(Arm.CONTROL, false);

    assertThat(tally.counts().blocks()).isEqualTo(new BlockCounts(1, 0, 0));
    assertThat(tally.counts().candidate().bad()).isEqualTo(1);
  }

  private static long bad(List<Boolean> outcomes, int first) {
    return outcomes.subList(0, first).stream().filter(bad -> bad).count();
  }
}
