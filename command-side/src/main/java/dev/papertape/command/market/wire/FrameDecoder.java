package dev.papertape.command.market.wire;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.VenueInput;
import dev.papertape.contracts.market.Symbol;

/**
 * Turns a venue's frames into inputs. Never throws for what a frame holds: one that does not parse
 * becomes a {@link VenueInput.MalformedFrame}. Belongs to one connection and one thread.
 */
public interface FrameDecoder {

  /** Decodes the frame in {@code [from, to)}. */
  VenueInput decode(Arrival arrival, byte[] frame, int from, int to);

  /**
   * A recording of one symbol only may hold snapshots that do not name it: they are of this one.
   * Nothing to know where every snapshot has a name.
   */
  default void inlineSnapshotsOf(Symbol symbol) {}

  /**
   * Decodes what the venue answered to a request of this connection's capture; by default it is no
   * market data.
   *
   * @param url what was asked for
   */
  default VenueInput decodeFetched(Arrival arrival, String url, byte[] body, int from, int to) {
    return new VenueInput.OtherFrame(arrival);
  }
}
