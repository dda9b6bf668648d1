package dev.papertape.command.market.connector;

import dev.papertape.command.market.VenueInput;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Venue;
import java.time.Instant;
import java.util.List;

/**
 * Sees what a connector receives, as it is on the wire, before anybody decodes it. Called from the
 * connector's threads; never throws, and the quicker it is the quicker the socket.
 */
public interface FrameTap {
  FrameTap NONE =
      new FrameTap() {
        @Override
        public void connected(
            Venue venue, Instant at, String address, List<InstrumentRules> instruments) {}

        @Override
        public void frame(Venue venue, Instant at, byte[] bytes, int length) {}

        @Override
        public void fetched(Venue venue, Instant at, String url, byte[] body) {}

        @Override
        public void disconnected(Venue venue) {}
      };

  /** A socket opened; what comes until {@link #disconnected} came over it or beside it. */
  void connected(Venue venue, Instant at, String address, List<InstrumentRules> instruments);

  /** One whole text frame; the bytes are valid during the call only. */
  void frame(Venue venue, Instant at, byte[] bytes, int length);

  /** What a frame or an answer was decoded to, before the engine takes it in. */
  default void decoded(VenueInput input) {}

  /** A snapshot over REST. */
  void fetched(Venue venue, Instant at, String url, byte[] body);

  /** The socket ended although it was wanted; {@code reason} is never empty. */
  default void closed(Venue venue, Instant at, String reason) {}

  /** Nothing more comes over the socket, whether it ended or was closed from here. */
  void disconnected(Venue venue);
}
