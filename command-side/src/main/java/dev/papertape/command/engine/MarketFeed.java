package dev.papertape.command.engine;

import dev.papertape.command.market.MarketInput;
import dev.papertape.command.market.MarketState;
import dev.papertape.contracts.market.Venue;
import java.util.Set;

/** Where the engine's frames come from: live connectors, the simulator, or a recording. */
public interface MarketFeed {

  /**
   * Opens the feed for one life of the engine. Nothing is sent to {@code sink} before {@link
   * Opened#start()}.
   */
  Opened open();

  /** Takes decoded frames; waits for room. */
  @FunctionalInterface
  interface Sink {
    void accept(MarketInput input) throws InterruptedException;
  }

  /** A feed with the books that it fills; closed with the engine's life. */
  interface Opened extends AutoCloseable {
    MarketState market();

    /** Every venue that it brings frames of. */
    Set<Venue> venues();

    /** Starts the sockets or the player; returns at once. */
    void start(Sink sink);

    /**
     * Whether frames are stamped as they are merged and silence passes as time does (live), or time
     * is only what the frames say (recorded).
     */
    boolean followsClock();

    @Override
    void close();
  }
}
