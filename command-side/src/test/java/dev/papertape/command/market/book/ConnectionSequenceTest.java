package dev.papertape.command.market.book;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Coinbase's numbers count every frame of a connection, control frames included. */
class ConnectionSequenceTest {
  private final ConnectionSequence sequence = new ConnectionSequence();

  @Test
  void firstNumberIsTakenAndEachNextOneIsInOrder() {
    assertThat(sequence.next(7)).isEqualTo(Verdict.IN_ORDER);
    assertThat(sequence.next(8)).isEqualTo(Verdict.IN_ORDER);
  }

  @Test
  void missingFramesAreCountedAndTheSequenceGoesOnFromThere() {
    sequence.next(0);
    assertThat(sequence.next(4)).isEqualTo(new Verdict.Gap(3L));
    assertThat(sequence.next(5)).isEqualTo(Verdict.IN_ORDER);
  }

  @Test
  void sameNumberAgainIsADuplicate() {
    sequence.next(5);
    sequence.next(6);
    assertThat(sequence.next(6)).isEqualTo(Verdict.DUPLICATE);
    assertThat(sequence.next(7)).isEqualTo(Verdict.IN_ORDER);
  }

  @Test
  void Bug_4_numberThatFallsBackIsOutOfOrderAndTheSequenceGoesOnFromThere() {
    sequence.next(900_000);
    assertThat(sequence.next(3)).isEqualTo(Verdict.OUT_OF_ORDER);
    assertThat(sequence.next(4)).isEqualTo(Verdict.IN_ORDER);
    assertThat(sequence.next(6)).isEqualTo(new Verdict.Gap(1L));
  }

  @Test
  void numberThatStartsAnewIsAReset() {
    sequence.next(5);
    assertThat(sequence.next(0)).isEqualTo(new Verdict.Reset());
    assertThat(sequence.next(1)).isEqualTo(Verdict.IN_ORDER);
  }
}
