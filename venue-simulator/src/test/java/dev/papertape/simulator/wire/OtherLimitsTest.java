package dev.papertape.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.simulator.coinbase.CallsPerSecond;
import dev.papertape.simulator.kraken.CallCounter;
import org.junit.jupiter.api.Test;

/** Limits of the wires that are not Binance's. */
class OtherLimitsTest {
  @Test
  void coinbaseTakesTenCallsInAnySecond() {
    CallsPerSecond calls = new CallsPerSecond();
    for (int call = 0; call < CallsPerSecond.LIMIT; call++) {
      CallsPerSecond.Charge charge = calls.charge("a", 1_000 + call * 50);
      assertThat(charge.refusal()).isEmpty();
      assertThat(charge.remaining()).isEqualTo(CallsPerSecond.LIMIT - 1 - call);
    }
    CallsPerSecond.Charge refused = calls.charge("a", 1_999);
    assertThat(refused.refusal()).hasValueSatisfying(r -> assertThat(r.status()).isEqualTo(429));
    assertThat(refused.resetSeconds()).isEqualTo(2);
    assertThat(calls.charge("b", 1_999).refusal()).as("another address").isEmpty();
    assertThat(calls.charge("a", 2_000).refusal()).as("the first has left").isEmpty();
    assertThat(calls.charge("a", 2_000).refusal()).as("the second has not").isPresent();
  }

  @Test
  void krakensCounterFallsByOneASecond() {
    CallCounter counter = new CallCounter();
    for (int call = 0; call < CallCounter.MOST; call++) {
      assertThat(counter.charge("a", 1_000)).isEmpty();
    }
    assertThat(counter.charge("a", 1_999))
        .hasValueSatisfying(
            refusal -> {
              assertThat(refusal.status()).isEqualTo(200);
              assertThat(refusal.json()).isEqualTo("{\"error\":[\"EAPI:Rate limit exceeded\"]}");
            });
    assertThat(counter.charge("a", 2_000)).isEmpty();
    assertThat(counter.charge("a", 2_000)).isPresent();
    assertThat(counter.charge("b", 2_000)).isEmpty();
  }
}
