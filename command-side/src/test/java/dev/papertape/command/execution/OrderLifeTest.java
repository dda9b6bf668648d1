package dev.papertape.command.execution;

import static dev.papertape.contracts.execution.OrderStatus.ACCEPTED;
import static dev.papertape.contracts.execution.OrderStatus.BLOCKED;
import static dev.papertape.contracts.execution.OrderStatus.CANCELLED;
import static dev.papertape.contracts.execution.OrderStatus.EXPIRED;
import static dev.papertape.contracts.execution.OrderStatus.FILLED;
import static dev.papertape.contracts.execution.OrderStatus.PARTIALLY_FILLED;
import static dev.papertape.contracts.execution.OrderStatus.UNROUTABLE;
import static dev.papertape.contracts.execution.OrderStatus.WORKING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.papertape.contracts.execution.OrderStatus;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderLifeTest {
  private static final Map<OrderStatus, Set<OrderStatus>> LEGAL =
      Map.of(
          ACCEPTED, Set.of(BLOCKED, UNROUTABLE, WORKING, EXPIRED),
          WORKING, Set.of(PARTIALLY_FILLED, FILLED, CANCELLED, EXPIRED),
          PARTIALLY_FILLED, Set.of(PARTIALLY_FILLED, FILLED, CANCELLED, EXPIRED));

  @ParameterizedTest
  @EnumSource
  void onlyTheLegalMovesAreMade(OrderStatus from) {
    for (OrderStatus to : OrderStatus.values()) {
      if (LEGAL.getOrDefault(from, Set.of()).contains(to)) {
        assertThat(OrderLife.move("o", from, to)).isEqualTo(to);
      } else {
        assertThatThrownBy(() -> OrderLife.move("o", from, to))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("order o cannot go from " + from + " to " + to);
      }
    }
  }
}
