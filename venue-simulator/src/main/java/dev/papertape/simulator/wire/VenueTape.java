package dev.papertape.simulator.wire;

import java.util.List;
import java.util.Optional;

/**
 * Writes what one venue, or all of one wire, stream after each step of the market. What it writes
 * is a function of configuration and start; who listens decides only whether it is written out.
 */
public interface VenueTape {

  /** The messages of the step that the market has just made, at its simulated time. */
  void publish(long millis, StreamSink sink);

  /**
   * The state that a stream's next message builds on, or nothing where a stream has none.
   *
   * @param millis simulated time now
   */
  default Optional<String> snapshot(String stream, long millis) {
    return Optional.empty();
  }

  /** Names of all streams, of one venue. */
  List<String> streams();
}
