package dev.papertape.command.market;

/** Where a connector puts what it received; waits for room. */
@FunctionalInterface
public interface InputSink {
  void accept(VenueInput input) throws InterruptedException;
}
