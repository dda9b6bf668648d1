package dev.papertape.command.market.recorded;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.Bundle;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.command.market.recorded.CapturedLine.Fetched;
import dev.papertape.command.market.recorded.CapturedLine.Frame;
import dev.papertape.command.market.wire.FrameDecoder;
import dev.papertape.command.market.wire.SymbolNames;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a capture file holds, found by looking at its first frames.
 *
 * @param symbols the names met
 * @param finest steps of the finest price and quantity seen of each symbol with a book
 * @param stated rules that its header states
 * @param started when our own recorder began it, null for others'
 */
record Recording(
    Path file,
    LineFormat.Kind format,
    Venue venue,
    WireProtocol wire,
    SymbolNames symbols,
    Map<Symbol, FinestSteps> finest,
    Map<Symbol, InstrumentRules> stated,
    @Nullable Instant started) {

  /** A file that is empty or broke off in its first line. */
  static final class HoldsNoFrame extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    HoldsNoFrame(Path file) {
      super(file + " holds no frame");
    }
  }

  /** Enough to meet every symbol of a venue connection and its snapshot. */
  private static final int FRAMES_LOOKED_AT = 4000;

  /**
   * Throws {@link IllegalArgumentException} with one sentence if the file is no capture of a known
   * kind ({@link HoldsNoFrame} if it may have become one), {@link IOException} if it cannot be
   * read.
   */
  static Recording lookAt(Path file) throws IOException {
    RecordingLabel label = RecordingLabel.of(file, FRAMES_LOOKED_AT);
    SymbolNames symbols = Wires.names(label.wire());
    Look look = new Look(label, symbols);
    boolean wholeLine = false;
    try (CaptureLines lines = new CaptureLines(file)) {
      LineFormat reader = label.format().reader();
      for (int i = 0; i < FRAMES_LOOKED_AT && lines.advance(); i++) {
        look.at(reader.read(lines.bytes(), lines.from(), lines.to()));
        wholeLine |= !lines.openEnded();
      }
    }
    if (!wholeLine && !look.understood) {
      throw new HoldsNoFrame(file);
    }
    // A capture that says where it comes from may hold nothing that we use.
    if (!look.understood && !label.certain()) {
      throw new IllegalArgumentException(file + " is not a recording of a known kind");
    }
    return new Recording(
        file,
        label.format(),
        label.venue(),
        label.wire(),
        symbols,
        Map.copyOf(look.finest),
        label.instruments().stream()
            .collect(
                Collectors.toUnmodifiableMap(InstrumentRules::symbol, rules -> rules, (_, b) -> b)),
        label.started());
  }

  /** The symbol of snapshots that do not name theirs, null if that is not certain. */
  @Nullable Symbol onlySymbol() {
    return finest.size() == 1 ? finest.keySet().iterator().next() : null;
  }

  /** The first pass over a file. */
  private static final class Look {
    private final RecordingLabel label;
    private final SymbolNames symbols;
    private final Map<String, FrameDecoder> decoders = new HashMap<>();
    private final Map<Symbol, FinestSteps> finest = new TreeMap<>();
    private boolean understood;

    Look(RecordingLabel label, SymbolNames symbols) {
      this.label = label;
      this.symbols = symbols;
    }

    void at(CapturedLine line) {
      switch (line) {
        case Frame frame -> {
          FrameDecoder decoder = decoder(frame.connection());
          at(decoder.decode(arrival(frame.at()), frame.bytes(), frame.from(), frame.to()));
        }
        case Fetched answer ->
            at(
                decoder("")
                    .decodeFetched(
                        arrival(answer.at()),
                        answer.url(),
                        answer.bytes(),
                        answer.from(),
                        answer.to()));
        case CapturedLine.Connected _,
            CapturedLine.Closed _,
            CapturedLine.Unrelated _,
            CapturedLine.Unreadable _ -> {}
      }
    }

    private void at(VenueInput input) {
      switch (input) {
        case DepthDiff diff ->
            finest.merge(
                diff.symbol(),
                FinestSteps.NONE.and(diff.bids()).and(diff.asks()),
                FinestSteps::and);
        case DepthSnapshot book ->
            finest.merge(
                book.symbol(),
                FinestSteps.NONE.and(book.bids()).and(book.asks()),
                FinestSteps::and);
        case Bundle bundle -> bundle.parts().forEach(this::at);
        default -> {}
      }
      understood |= isMarket(input);
    }

    private FrameDecoder decoder(String connection) {
      FrameDecoder decoder =
          decoders.computeIfAbsent(connection, _ -> Wires.decoder(label.wire(), symbols));
      if (finest.size() == 1) {
        decoder.inlineSnapshotsOf(finest.keySet().iterator().next());
      }
      return decoder;
    }

    private Arrival arrival(Instant at) {
      return new Arrival(label.venue(), at, 0, 0);
    }

    private static boolean isMarket(VenueInput input) {
      return switch (input) {
        case DepthDiff _,
            DepthSnapshot _,
            VenueInput.TradePrint _,
            VenueInput.TopOfBook _,
            VenueInput.Kline _ ->
            true;
        case Bundle bundle -> bundle.connectionSequence() != null || !bundle.parts().isEmpty();
        case VenueInput.OtherFrame _,
            VenueInput.MalformedFrame _,
            VenueInput.SnapshotFailed _,
            VenueInput.CandlesFetched _,
            VenueInput.CandlesFailed _,
            VenueInput.InstrumentsListed _,
            VenueInput.SocketOpened _,
            VenueInput.SocketClosed _ ->
            false;
      };
    }
  }
}
