package dev.papertape.contracts.guards;

import dev.papertape.contracts.AggregateCommand;

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

  /** Every order may pass again. */
  record ResumeTrading(String reason) implements TradingCommand {}
}
