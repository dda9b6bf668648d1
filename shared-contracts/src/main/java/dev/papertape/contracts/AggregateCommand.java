package dev.papertape.contracts;

/** A command that one aggregate handles. */
public interface AggregateCommand {
  /** Identifier of the aggregate, which is also its stream's name. */
  String aggregateId();
}
