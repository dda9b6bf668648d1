package dev.papertape.command.promotion;

import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.alpha.AlphaStage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;

/** {@code alpha_stage{alpha,stage}}: 1 for the stage that an alpha is in, 0 for the others. */
final class PromotionMetrics {
  private final MultiGauge stages;

  PromotionMetrics(MeterRegistry registry) {
    this.stages =
        MultiGauge.builder("alpha.stage")
            .description("1 for the stage that an alpha is in, in the engine's process")
            .register(registry);
  }

  /**
   * @param alphas all that the engine follows; empty where it does not run
   */
  void stages(List<AlphaSpec> alphas) {
    List<Row<?>> rows = new ArrayList<>();
    for (AlphaSpec alpha : alphas) {
      for (AlphaStage stage : AlphaStage.values()) {
        rows.add(
            Row.of(
                Tags.of("alpha", alpha.alphaId(), "stage", stage.name()),
                alpha.stage() == stage ? 1 : 0));
      }
    }
    stages.register(rows, true);
  }
}
