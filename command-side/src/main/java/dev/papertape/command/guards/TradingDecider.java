package dev.papertape.command.guards;

import dev.papertape.contracts.guards.GuardsEvent.TradingEvent;
import dev.papertape.contracts.guards.GuardsEvent.TradingHalted;
import dev.papertape.contracts.guards.GuardsEvent.TradingReduced;
import dev.papertape.contracts.guards.GuardsEvent.TradingResumed;
import dev.papertape.contracts.guards.TradingCommand;
import dev.papertape.contracts.guards.TradingCommand.HaltTrading;
import dev.papertape.contracts.guards.TradingCommand.ReduceTrading;
import dev.papertape.contracts.guards.TradingCommand.ResumeTrading;
import dev.papertape.contracts.guards.TradingState;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The trading state's rule: any state may go to any other; a state is not entered twice. */
public final class TradingDecider {
  private TradingDecider() {}

  /**
   * Decides, or throws {@link WrongTradingState} when the state is the asked-for one already; what
   * is active may be resumed where a guard reduces it.
   */
  public static TradingEvent decide(TradingState current, TradingCommand command) {
    String id = command.aggregateId();
    boolean isAlready = target(command) == current;
    return switch (command) {
      case HaltTrading halt when !isAlready -> new TradingHalted(id, halt.reason());
      case ReduceTrading reduce when !isAlready -> new TradingReduced(id, reduce.reason());
      case ResumeTrading resume when !isAlready || !resume.overruled().isEmpty() ->
          new TradingResumed(id, resume.reason(), resume.overruled());
      case HaltTrading _, ReduceTrading _, ResumeTrading _ -> throw new WrongTradingState(current);
    };
  }

  /** The state after an event. */
  public static TradingState after(TradingEvent event) {
    return switch (event) {
      case TradingHalted _ -> TradingState.HALTED;
      case TradingReduced _ -> TradingState.REDUCING;
      case TradingResumed _ -> TradingState.ACTIVE;
    };
  }

  /**
   * What an operator may ask for in this state: {@code HALT}, {@code REDUCE}, {@code RESUME}; also
   * to resume what is active, where a guard reduces it.
   */
  public static List<String> allowedActions(TradingState state) {
    Set<TradingState> others = EnumSet.complementOf(EnumSet.of(state));
    return others.stream().map(TradingDecider::action).sorted().toList();
  }

  private static TradingState target(TradingCommand command) {
    return switch (command) {
      case HaltTrading _ -> TradingState.HALTED;
      case ReduceTrading _ -> TradingState.REDUCING;
      case ResumeTrading _ -> TradingState.ACTIVE;
    };
  }

  private static String action(TradingState wanted) {
    return switch (wanted) {
      case ACTIVE -> "RESUME";
      case REDUCING -> "REDUCE";
      case HALTED -> "HALT";
    };
  }
}
