package dev.papertape.contracts.features;

import dev.papertape.contracts.AggregateCommand;
import dev.papertape.contracts.market.Symbol;
import java.time.Instant;

/**
 * Put a value from outside. Its aggregate is the value of one feature at one event time, so that
 * what was put before at other times is never loaded.
 *
 * @param name no built-in one
 * @param value finite
 */
public record PutFeature(Symbol symbol, String name, Instant eventTime, double value)
    implements AggregateCommand {
  @Override
  public String aggregateId() {
    return "feature:" + symbol + ":" + name + ":" + eventTime;
  }
}
