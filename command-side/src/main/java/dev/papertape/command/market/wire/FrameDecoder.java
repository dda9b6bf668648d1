package dev.papertape.command.market.wire;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.VenueInput;

/**
 * Turns a venue's frames into inputs. Never throws for what a frame holds: one that does not parse
 * becomes a {@link VenueInput.MalformedFrame}. Belongs to one connection and one thread.
 */
public interface FrameDecoder {

  /** Decodes the frame in {@code [from, to)}. */
  VenueInput decode(Arrival arrival, byte[] frame, int from, int to);

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
