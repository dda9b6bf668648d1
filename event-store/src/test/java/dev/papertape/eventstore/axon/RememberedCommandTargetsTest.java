package dev.papertape.eventstore.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.modelling.command.AnnotationCommandTargetResolver;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.modelling.command.TargetAggregateVersion;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RememberedCommandTargetsTest {
  record Versioned(
      @TargetAggregateIdentifier @Nullable String id, @TargetAggregateVersion @Nullable Long at) {}

  static class ByMethod {
    @TargetAggregateIdentifier
    private String target() {
      return "by-method";
    }
  }

  static class ByField {
    @TargetAggregateIdentifier private final int id = 7;
    @TargetAggregateVersion private final String version = "12";
  }

  record Untargeted(String id) {}

  private final CommandTargetResolver targets = new RememberedCommandTargets();
  private final CommandTargetResolver axons = AnnotationCommandTargetResolver.builder().build();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void findsWhatAxonFinds(int command) {
    Object payload =
        new Object[] {
              new Versioned("a", 3L), new Versioned("a", null), new ByMethod(), new ByField()
            }
            [command];
    VersionedAggregateIdentifier expected =
        axons.resolveTarget(new GenericCommandMessage<>(payload));

    assertThat(targets.resolveTarget(new GenericCommandMessage<>(payload))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refusesACommandWithoutATarget(boolean annotated) {
    Object payload = annotated ? new Versioned(null, 1L) : new Untargeted("a");

    assertThatThrownBy(() -> targets.resolveTarget(new GenericCommandMessage<>(payload)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not identify its aggregate");
  }
}
