package dev.papertape.command.chaos;

import dev.papertape.command.CommandSideConfiguration.EventReader;
import dev.papertape.command.ConflictRetry;
import dev.papertape.contracts.chaos.ChaosCommand;
import dev.papertape.contracts.chaos.ChaosEvent;
import dev.papertape.eventstore.log.EventLog;
import java.util.Map;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;

/** The desk as the log has it, and the only way to change it: through its aggregate. */
class ChaosLog implements ChaosDesk.Recorder {
  static final String RUNNER = "chaos-runner";
  static final String API = "api";

  private final CommandGateway commands;
  private final ConflictRetry retry;
  private final EventLog events;
  private final EventReader reader;

  ChaosLog(CommandGateway commands, ConflictRetry retry, EventLog events, EventReader reader) {
    this.commands = commands;
    this.retry = retry;
    this.events = events;
    this.reader = reader;
  }

  @Override
  public ChaosState fold() {
    return ChaosState.EMPTY.after(
        events.stream(ChaosCommand.ID, 0).stream()
            .map(row -> (ChaosEvent) reader.apply(row))
            .toList());
  }

  @Override
  public ChaosEvent record(ChaosCommand command) {
    String actor =
        switch (command) {
          case ChaosCommand.StartExperiment _,
              ChaosCommand.RefuseExperiment _,
              ChaosCommand.PullLever _,
              ChaosCommand.ReleaseLever _ ->
              API;
          case ChaosCommand.ApplyFault _,
              ChaosCommand.ObserveSteadyState _,
              ChaosCommand.RevertFault _,
              ChaosCommand.FinishExperiment _ ->
              RUNNER;
        };
    return retry.call(
        () ->
            commands.<ChaosEvent>sendAndWait(
                GenericCommandMessage.asCommandMessage(command)
                    .andMetaData(Map.of("actor", actor))));
  }
}
