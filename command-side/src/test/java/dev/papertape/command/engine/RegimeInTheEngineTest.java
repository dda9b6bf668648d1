package dev.papertape.command.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.features.OnlineFeatures;
import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.command.regime.RegimeRecovery;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.regime.Regime;
import dev.papertape.contracts.regime.RegimeEvent;
import dev.papertape.contracts.regime.RegimeEvent.RegimeChanged;
import dev.papertape.contracts.router.RouterEvent.OrderRouted;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Regimes where the engine makes and uses them. */
class RegimeInTheEngineTest {
  private final MemoryLog log = new MemoryLog();

  private EngineRig life(long epoch) {
    OnlineFeatures features = OnlineFeatures.unkept();
    features.recall(EngineRig.VENUE, EngineRig.BTC, bars(), List.of());
    EngineRig rig =
        new EngineRig(log, 1, epoch, Recovered.nothing(EngineRig.settings(1)), features);
    rig.engine.recall(RegimeRecovery.lastTold(log, MemoryLog::decode, Set.of(EngineRig.BTC)));
    return rig;
  }

  /** Eight hours around 100, the newest of them ending as the rig begins. */
  private static List<Bar> bars() {
    SplittableRandom random = new SplittableRandom(1);
    List<Bar> bars = new ArrayList<>();
    Instant open = EngineRig.START.minus(Duration.ofHours(8));
    for (int minute = 0; minute < 480; minute++) {
      BigDecimal close = BigDecimal.valueOf(10_000 + random.nextInt(-20, 21), 2);
      BigDecimal reach = new BigDecimal("0.05");
      bars.add(
          new Bar(
              open.plus(Duration.ofMinutes(minute)),
              close,
              close.add(reach),
              close.subtract(reach),
              close,
              BigDecimal.ONE,
              null,
              null));
    }
    return bars;
  }

  @Test
  void a_start_tells_the_regime_of_the_bars_that_are_stored_and_decisions_name_it() {
    EngineRig rig = life(1).open().quietUntil(3_000);
    assertThat(rig.all(RegimeChanged.class)).hasSize(1);
    RegimeChanged told = rig.all(RegimeChanged.class).getFirst();
    assertThat(told.symbol()).isEqualTo(EngineRig.BTC);
    assertThat(told.probabilities()).isNotNull();
    assertThat(log.stream(RegimeEvent.stream(EngineRig.BTC), 0)).hasSize(1);

    rig.buy("1");
    assertThat(rig.all(OrderRouted.class).getFirst().context().regime()).isEqualTo(told.regime());
  }

  @Test
  void a_later_life_knows_the_regime_at_once_and_does_not_tell_it_again() {
    Regime told = life(1).open().quietUntil(3_000).all(RegimeChanged.class).getFirst().regime();
    EngineRig again = life(2).open();
    again.buy("1");
    assertThat(again.all(OrderRouted.class).getLast().context().regime()).isEqualTo(told);
    again.quietUntil(3_000);
    assertThat(again.all(RegimeChanged.class)).hasSize(1);
  }

  @Test
  void without_bars_there_is_no_regime_and_decisions_say_so() {
    EngineRig rig = new EngineRig(log, 1, 1, Recovered.nothing(EngineRig.settings(1)));
    rig.open().quietUntil(3_000);
    rig.buy("1");
    assertThat(rig.all(RegimeChanged.class)).isEmpty();
    assertThat(rig.all(OrderRouted.class).getFirst().context().regime()).isNull();
  }
}
