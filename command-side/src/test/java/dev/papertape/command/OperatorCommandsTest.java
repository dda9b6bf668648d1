package dev.papertape.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;

/**
 * Through the real bus; what is appended in between is the business of the storage engine's ITs.
 */
class OperatorCommandsTest {
  private final SimpleCommandBus bus = SimpleCommandBus.builder().build();
  private final CommandGateway gateway = DefaultCommandGateway.builder().commandBus(bus).build();
  private final OperatorCommands commands =
      new OperatorCommands(gateway, new ConflictRetry(new Random(1)));
  private final AtomicInteger tries = new AtomicInteger();

  @Test
  void Bug_conflict_an_append_of_another_process_was_an_internal_error() {
    bus.subscribe(
        String.class.getName(),
        command -> {
          if (tries.incrementAndGet() < 3) {
            throw new ConcurrencyException("another was faster");
          }
          return null;
        });
    assertThatThrownBy(() -> commands.send(null, "halt"))
        .as("it went through; this bus appends nothing")
        .isInstanceOf(NoSuchElementException.class);
    assertThat(tries).hasValue(3);
  }

  @Test
  void aRefusalIsNotTriedAgain() {
    bus.subscribe(
        String.class.getName(),
        command -> {
          tries.incrementAndGet();
          throw new IllegalStateException("halted already");
        });
    assertThatThrownBy(() -> commands.send(null, "halt")).hasMessage("halted already");
    assertThat(tries).hasValue(1);
  }
}
