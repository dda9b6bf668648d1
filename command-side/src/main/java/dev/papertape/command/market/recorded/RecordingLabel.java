package dev.papertape.command.market.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a capture is: by its header, else by the addresses in it, else by its frames, else by the
 * file's name.
 *
 * @param instruments rules that the header states; our own recordings do
 * @param certain whether header or address named the venue
 * @param started when our own recorder began it, null for others'
 */
record RecordingLabel(
    LineFormat.Kind format,
    Venue venue,
    WireProtocol wire,
    List<InstrumentRules> instruments,
    boolean certain,
    @Nullable Instant started) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Frames are told by their start; a snapshot's megabytes are not searched. */
  private static final int FRAME_START = 4096;

  /** Looks at no more than so many lines. */
  static RecordingLabel of(Path file, int mostLines) throws IOException {
    Signs signs = new Signs();
    try (CaptureLines lines = new CaptureLines(file)) {
      for (int i = 0; i < mostLines && !signs.settled() && lines.advance(); i++) {
        signs.see(lines, i == 0);
      }
    }
    return signs.label(file);
  }

  private static final class Signs {
    private LineFormat.@Nullable Kind format;
    private @Nullable LineFormat reader;
    private @Nullable Venue named;
    private @Nullable WireProtocol namedWire;
    private @Nullable Instant started;
    private final List<InstrumentRules> instruments = new ArrayList<>();
    private @Nullable String exchange;
    private @Nullable Venue byAddress;
    private @Nullable String otherAddress;
    private @Nullable Venue byFrame;

    boolean settled() {
      return named != null || (byAddress != null && reader != null && socketSeen);
    }

    private boolean socketSeen;

    void see(CaptureLines lines, boolean first) {
      if (first && lines.bytes()[lines.from()] == '{') {
        header(lines);
      }
      if (reader == null) {
        format = LineFormat.Kind.of(lines.bytes(), lines.from(), lines.to());
        reader = format == null ? null : format.reader();
      }
      if (reader == null) {
        return;
      }
      switch (reader.read(lines.bytes(), lines.from(), lines.to())) {
        case CapturedLine.Connected socket -> {
          address(socket.address());
          socketSeen = true;
        }
        case CapturedLine.Closed _ -> {}
        case CapturedLine.Fetched answer -> address(answer.url());
        case CapturedLine.Frame frame ->
            byFrame = stronger(byFrame, VenueSigns.byFrame(text(frame)));
        case CapturedLine.Unrelated _, CapturedLine.Unreadable _ -> {}
      }
    }

    private void header(CaptureLines lines) {
      try {
        JsonNode header = JSON.readTree(lines.bytes(), lines.from(), lines.to() - lines.from());
        if (header.path("exchange").isTextual()) {
          exchange = header.path("exchange").textValue();
        }
        if (header.path("venue").isTextual()) {
          named = new Venue(header.path("venue").textValue());
          format = LineFormat.Kind.STAMPED;
        }
        for (JsonNode stated : header.path("instruments")) {
          instruments.add(rules(stated));
        }
        if (header.path("wire").isTextual()) {
          namedWire = WireProtocol.valueOf(header.path("wire").textValue());
        }
        if (header.path("started").isTextual()) {
          started = Instant.parse(header.path("started").textValue());
        }
      } catch (IOException | IllegalArgumentException | DateTimeParseException notAHeader) {
        named = null;
      }
    }

    private static InstrumentRules rules(JsonNode stated) {
      return new InstrumentRules(
          new Symbol(stated.path("symbol").asText()),
          stated.path("wireSymbol").asText(),
          new BigDecimal(stated.path("tickSize").asText()),
          new BigDecimal(stated.path("lotSize").asText()),
          new BigDecimal(stated.path("minNotional").asText()));
    }

    /** A socket's address says more than a REST call's. */
    private void address(String address) {
      Venue venue = VenueSigns.byAddress(address);
      if (venue == null) {
        otherAddress = otherAddress == null ? address : otherAddress;
      } else {
        byAddress = venue;
      }
    }

    /** Coin-margined futures send {@code pu} too, and not all of their frames have more. */
    private static @Nullable Venue stronger(@Nullable Venue known, @Nullable Venue seen) {
      return known == null || RecordedVenues.COINM.equals(seen) ? seen : known;
    }

    private static String text(CapturedLine.Frame frame) {
      return new String(
          frame.bytes(),
          frame.from(),
          Math.min(FRAME_START, frame.to() - frame.from()),
          StandardCharsets.ISO_8859_1);
    }

    RecordingLabel label(Path file) {
      LineFormat.Kind kind = format == null ? LineFormat.Kind.STAMPED : format;
      if (named != null) {
        return new RecordingLabel(
            kind,
            named,
            namedWire == null ? VenueSigns.wire(named) : namedWire,
            List.copyOf(instruments),
            true,
            started);
      }
      Venue byExchange = exchange == null ? null : VenueSigns.byExchange(exchange);
      Venue told = byAddress != null ? byAddress : byExchange;
      if (told == null && (exchange != null || otherAddress != null)) {
        throw new IllegalArgumentException(
            "%s is a recording of %s, which is not decoded"
                .formatted(file, exchange != null ? exchange : otherAddress));
      }
      if (told != null) {
        return new RecordingLabel(kind, told, VenueSigns.wire(told), List.of(), true, null);
      }
      Venue guessed = byFrame != null ? byFrame : VenueSigns.byName(file);
      return new RecordingLabel(kind, guessed, VenueSigns.wire(guessed), List.of(), false, null);
    }
  }
}
