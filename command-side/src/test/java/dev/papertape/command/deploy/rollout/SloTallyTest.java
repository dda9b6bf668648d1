package dev.papertape.command.deploy.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.deploy.Arm;
import dev.papertape.contracts.deploy.ArmCounts;
import dev.papertape.contracts.deploy.BlockCounts;
import dev.papertape.contracts.deploy.Slo;
import dev.papertape.contracts.deploy.SloCounts;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class SloTallyTest {
  private final SloTally tally = new SloTally(SloCounts.none(Slo.ERROR_RATE));

  /** The obvious way: a bracket closes the nearest open one of the other kind. */
  @Property
  void aSampleIsPairedWithTheNewestOfTheOtherArmThatWaits(
      @ForAll @Size(max = 120) List<Boolean> ofCandidate, @ForAll long outcomes) {
    Random random = new Random(outcomes);
    SloTally mixed = new SloTally(SloCounts.none(Slo.ERROR_RATE));
    List<Boolean> bad = ofCandidate.stream().map(_ -> random.nextBoolean()).toList();
    boolean[] paired = new boolean[bad.size()];
    long[] blocks = new long[3];
    for (int now = 0; now < bad.size(); now++) {
      boolean isCandidate = ofCandidate.get(now);
      mixed.sample(isCandidate ? Arm.CANDIDATE : Arm.CONTROL, bad.get(now));
      for (int before = now - 1; before >= 0 && !paired[now]; before--) {
        if (!paired[before] && ofCandidate.get(before) != isCandidate) {
          paired[before] = true;
          paired[now] = true;
          blocks[0]++;
          blocks[1] += bad.get(isCandidate ? now : before) ? 1 : 0;
          blocks[2] += bad.get(isCandidate ? before : now) ? 1 : 0;
        }
      }
    }

    Assume.that(surplusStaysBelow(ofCandidate, SloTally.MOST_WAITING));
    assertThat(mixed.counts().blocks()).isEqualTo(new BlockCounts(blocks[0], blocks[1], blocks[2]));
    assertThat(mixed.counts().candidate()).isEqualTo(arm(ofCandidate, bad, true));
    assertThat(mixed.counts().control()).isEqualTo(arm(ofCandidate, bad, false));
  }

  /** Of an outage that hits both arms, the candidate bore as much as the control arm. */
  @Example
  void Bug_5_samples_from_before_an_outage_spoke_against_a_candidate_in_it() {
    for (int i = 0; i < 40; i++) {
      tally.sample(Arm.CONTROL, false);
    }
    for (int i = 0; i < 30; i++) {
      tally.sample(Arm.CONTROL, true);
      tally.sample(Arm.CANDIDATE, true);
    }

    assertThat(tally.counts().blocks()).isEqualTo(new BlockCounts(30, 30, 30));
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

  private static boolean surplusStaysBelow(List<Boolean> ofCandidate, int most) {
    int surplus = 0;
    for (boolean isCandidate : ofCandidate) {
      surplus += isCandidate ? 1 : -1;
      if (Math.abs(surplus) > most) {
        return false;
      }
    }
    return true;
  }

  private static ArmCounts arm(List<Boolean> ofCandidate, List<Boolean> bad, boolean isCandidate) {
    List<Boolean> own =
        IntStream.range(0, bad.size())
            .filter(i -> ofCandidate.get(i) == isCandidate)
            .mapToObj(bad::get)
            .toList();
    return new ArmCounts(own.size(), own.stream().filter(each -> each).count(), 0);
  }
}
