package dev.papertape.command.market.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.PriceLevels;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.binance.BinanceDecoder;
import dev.papertape.command.market.binance.WireSymbols;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a capture file holds, found by looking at its first frames.
 *
 * @param symbols the names met
 * @param finest decimals of the finest price and quantity seen of each symbol with a book
 */
record Recording(Path file, Venue venue, WireSymbols symbols, Map<Symbol, FinestSteps> finest) {
  /** Enough to meet every symbol of a venue connection and its snapshot. */
  private static final int FRAMES_LOOKED_AT = 4000;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Decimals of the finest values, trailing zeros not counted. */
  record FinestSteps(int priceDecimals, int quantityDecimals) {
    FinestSteps and(PriceLevels levels) {
      return new FinestSteps(
          Math.max(priceDecimals, levels.maxPriceDecimals()),
          Math.max(quantityDecimals, levels.maxQuantityDecimals()));
    }
  }

  /**
   * Throws {@link IllegalArgumentException} with one sentence if the file is no capture of a known
   * kind, {@link IOException} if it cannot be read.
   */
  static Recording lookAt(Path file) throws IOException {
    Venue venue = findVenue(file);
    WireSymbols symbols = new WireSymbols(isFutures(venue));
    BinanceDecoder decoder = new BinanceDecoder(symbols);
    Map<Symbol, FinestSteps> finest = new TreeMap<>();
    boolean understood = false;
    try (CaptureLines lines = new CaptureLines(file)) {
      for (int i = 0; i < FRAMES_LOOKED_AT && lines.advance(); i++) {
        VenueInput input = decode(decoder, venue, lines);
        understood |= isMarket(input);
        switch (input) {
          case DepthDiff diff -> merge(finest, diff.symbol(), diff.bids(), diff.asks());
          case DepthSnapshot book -> merge(finest, book.symbol(), book.bids(), book.asks());
          default -> {}
        }
        if (finest.size() == 1) {
          decoder.inlineSnapshotsOf(finest.keySet().iterator().next());
        }
      }
    }
    if (!understood) {
      throw new IllegalArgumentException(file + " is not a recording of a known kind");
    }
    return new Recording(file, venue, symbols, Map.copyOf(finest));
  }

  /** The symbol of snapshots that do not name theirs, null if that is not certain. */
  @Nullable Symbol onlySymbol() {
    return finest.size() == 1 ? finest.keySet().iterator().next() : null;
  }

  static boolean isFutures(Venue venue) {
    return venue.equals(RecordedVenues.USDM) || venue.equals(RecordedVenues.COINM);
  }

  private static VenueInput decode(BinanceDecoder decoder, Venue venue, CaptureLines lines) {
    Arrival arrival = new Arrival(venue, Instant.EPOCH, 0, 0);
    int space = indexOf(lines, (byte) ' ');
    return space < 0
        ? new VenueInput.OtherFrame(arrival)
        : decoder.decode(arrival, lines.bytes(), space + 1, lines.to());
  }

  private static boolean isMarket(VenueInput input) {
    return switch (input) {
      case DepthDiff _,
          DepthSnapshot _,
          VenueInput.TradePrint _,
          VenueInput.TopOfBook _,
          VenueInput.Kline _ ->
          true;
      case VenueInput.OtherFrame _,
          VenueInput.Bundle _,
          VenueInput.MalformedFrame _,
          VenueInput.SnapshotFailed _,
          VenueInput.InstrumentsListed _,
          VenueInput.SocketOpened _,
          VenueInput.SocketClosed _ ->
          false;
    };
  }

  private static void merge(
      Map<Symbol, FinestSteps> finest, Symbol symbol, PriceLevels bids, PriceLevels asks) {
    FinestSteps known = finest.getOrDefault(symbol, new FinestSteps(0, 0));
    finest.put(symbol, known.and(bids).and(asks));
  }

  /** By the header, else by the content's futures fields, else by the file's name. */
  private static Venue findVenue(Path file) throws IOException {
    boolean previousIds = false;
    try (CaptureLines lines = new CaptureLines(file)) {
      for (int i = 0; i < FRAMES_LOOKED_AT && lines.advance(); i++) {
        String line = text(lines);
        if (i == 0 && line.startsWith("{")) {
          Venue named = headerVenue(line);
          if (named != null) {
            return named;
          }
        }
        if (line.contains("\"ps\":\"")) {
          return RecordedVenues.COINM;
        }
        previousIds |= line.contains("\"pu\":");
      }
    }
    return previousIds ? RecordedVenues.USDM : byName(file);
  }

  private static @Nullable Venue headerVenue(String header) {
    try {
      JsonNode venue = JSON.readTree(header).path("venue");
      return venue.isTextual() ? new Venue(venue.textValue()) : null;
    } catch (IOException | IllegalArgumentException notAHeader) {
      return null;
    }
  }

  private static Venue byName(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.startsWith("usdm") || name.contains("binance_futures")) {
      return RecordedVenues.USDM;
    }
    if (name.startsWith("cm_") || name.contains("coinm") || name.contains("binance_delivery")) {
      return RecordedVenues.COINM;
    }
    return name.contains("binance_us") ? RecordedVenues.US : RecordedVenues.SPOT;
  }

  private static String text(CaptureLines lines) {
    return new String(
        lines.bytes(), lines.from(), lines.to() - lines.from(), StandardCharsets.ISO_8859_1);
  }

  static int indexOf(CaptureLines lines, byte wanted) {
    for (int i = lines.from(); i < lines.to(); i++) {
      if (lines.bytes()[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
