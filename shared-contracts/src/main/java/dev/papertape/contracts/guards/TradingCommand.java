package dev.papertape.contracts.guards;

import dev.papertape.contracts.AggregateCommand;
import java.util.List;

/** What an operator may ask of the trading state. One paper account has one trading state. */
public sealed interface TradingCommand extends AggregateCommand {
  /** The only trading state's aggregate identifier. */
  String ID = "trading-state:paper";

  /** Why; kept in the log, never blank. */
  String reason();

  @Override
  default String aggregateId() {
    return ID;
  }

  /** No order passes any more. */
  record HaltTrading(String reason) implements TradingCommand {}

  /** Only orders that bring a position closer to zero pass. */
  record ReduceTrading(String reason) implements TradingCommand {}

  /**
   * Every order may pass again.
   *
   * @param overruled guards that reduce trading now and are to start over; with one of them a
   *     trading state that is active may be resumed
   */
  record ResumeTrading(String reason, List<GuardName> overruled) implements TradingCommand {
    public ResumeTrading {
      overruled = List.copyOf(overruled);
    }

    /** No guard is overruled. */
    public ResumeTrading(String reason) {
      this(reason, List.of());
    }
  }
}
