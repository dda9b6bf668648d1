package dev.papertape.command.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.engine.DeterministicIds.Kind;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeterministicIdsTest {
  @Test
  void noTwoOfSeedEpochKindAndCounterShareAnId() {
    Set<Object> ids = new HashSet<>();
    int made = 0;
    for (long seed = 0; seed < 3; seed++) {
      for (long epoch = 0; epoch < 3; epoch++) {
        DeterministicIds some = new DeterministicIds(seed, epoch);
        for (Kind kind : Kind.values()) {
          for (long counter = 0; counter < 500; counter++) {
            ids.add(some.uuid(kind, counter));
            ids.add(some.text(kind, counter).substring(2));
            made += 2;
          }
        }
      }
    }
    assertThat(ids).hasSize(made);
  }

  @Test
  void idsAreCustomUuidsAndComeAgain() {
    DeterministicIds ids = new DeterministicIds(7, 2);
    assertThat(ids.uuid(Kind.EVENT, 5)).isEqualTo(new DeterministicIds(7, 2).uuid(Kind.EVENT, 5));
    assertThat(ids.uuid(Kind.EVENT, 5).version()).isEqualTo(8);
    assertThat(ids.uuid(Kind.EVENT, 5).variant()).isEqualTo(2);
    assertThat(ids.text(Kind.ORDER, 0)).matches("o-[0-9a-f]{20}");
  }
}
