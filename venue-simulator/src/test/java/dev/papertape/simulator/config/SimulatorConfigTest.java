package dev.papertape.simulator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SimulatorConfigTest {

  private final SimulatorConfig defaults = SimulatorConfig.defaults(9);

  @Test
  void survivesItsJsonForm() {
    assertThat(SimulatorConfig.fromJson(defaults.toJson())).isEqualTo(defaults);
    SimulatorConfig dated = defaults.withStartEpochMillis(1_772_368_496_780L);
    assertThat(SimulatorConfig.fromJson(dated.toJson())).isEqualTo(dated);
  }

  @Test
  void namesWhatIsWrong() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SimulatorConfig.fromJson(defaults.toJson().replace("\"seed\"", "\"sed\"")))
        .withMessageContaining("seed");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SimulatorConfig.fromJson(defaults.toJson().replace("\"BRIO\"", "\"ALTO\"")))
        .withMessageContaining("venue ALTO is there twice");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SimulatorConfig.fromJson(
                    defaults.toJson().replaceFirst("\"SOL-USDT\"", "\"DOT-USDT\"")))
        .withMessageContaining("lists SOL-USDT, which is not an instrument");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimulatorConfig.fromJson("{}"))
        .withMessageContaining("seed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimulatorConfig.fromJson("nonsense"))
        .withMessageContaining("nonsense");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> defaults.withSpeed(0))
        .withMessageContaining("speed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> defaults.withSpeed(Double.NaN))
        .withMessageContaining("speed");
  }
}
