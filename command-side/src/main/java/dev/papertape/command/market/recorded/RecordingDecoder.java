package dev.papertape.command.market.recorded;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.VenueInput.InstrumentsListed;
import dev.papertape.command.market.VenueInput.MalformedFrame;
import dev.papertape.command.market.VenueInput.SocketOpened;
import dev.papertape.command.market.binance.BinanceDecoder;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns one capture into inputs: its instruments and the opening of its "socket" first, then a
 * frame a line. A symbol that the first look missed is listed right before its first frame.
 */
final class RecordingDecoder {
  private static final long NANOS = 1_000_000_000L;

  private final Recording recording;
  private final RecordedVenues venues;
  private final int source;
  private final BinanceDecoder decoder;
  private final Set<Symbol> listed = ConcurrentHashMap.newKeySet();
  private long ordinal;
  private Instant receivedAt = Instant.EPOCH;
  private volatile long frames;
  private volatile long malformed;
  private volatile @Nullable String damage;

  RecordingDecoder(Recording recording, RecordedVenues venues, int source) {
    this.recording = recording;
    this.venues = venues;
    this.source = source;
    this.decoder = new BinanceDecoder(recording.symbols());
    Symbol only = recording.onlySymbol();
    if (only != null) {
      decoder.inlineSnapshotsOf(only);
    }
  }

  /** Decodes the whole file, in order, on the calling thread. */
  void decode(Consumer<VenueInput> sink) {
    try (CaptureLines lines = new CaptureLines(recording.file())) {
      while (lines.advance()) {
        if (ordinal == 0 && lines.bytes()[lines.from()] == '{') {
          ordinal = 1; // The header line of a recording of our own.
          continue;
        }
        line(lines, sink);
      }
      damage = damage == null ? lines.damage() : damage;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(recording.file() + ": " + unreadable.getMessage(), unreadable);
    }
  }

  boolean lists(Venue venue, Symbol symbol) {
    return recording.venue().equals(venue) && listed.contains(symbol);
  }

  SourceReport report() {
    return new SourceReport(
        String.valueOf(recording.file().getFileName()),
        recording.venue(),
        frames,
        malformed,
        damage);
  }

  private void line(CaptureLines lines, Consumer<VenueInput> sink) {
    int space = Recording.indexOf(lines, (byte) ' ');
    boolean stamped = space > 0 && readReceiveTime(lines, space);
    if (frames == 0) {
      open(sink);
    }
    VenueInput input =
        stamped
            ? decoder.decode(arrival(), lines.bytes(), space + 1, lines.to())
            : new MalformedFrame(arrival(), null, "a line without a receive time in front");
    frames = frames + 1;
    if (input instanceof MalformedFrame broken) {
      malformed = malformed + 1;
      if (lines.openEnded()) {
        // Nothing follows that could be missing it: the book stays what it was before.
        damage = lines.damage() == null ? "its last line is cut off" : lines.damage();
        input = new MalformedFrame(broken.arrival(), null, broken.reason());
      }
    }
    listBefore(input, sink);
    sink.accept(input);
  }

  private void open(Consumer<VenueInput> sink) {
    List<InstrumentRules> rules = new ArrayList<>();
    recording.finest().keySet().stream().sorted().forEach(symbol -> rules.add(rules(symbol)));
    listed.addAll(recording.finest().keySet());
    sink.accept(new InstrumentsListed(arrival(), List.copyOf(rules)));
    sink.accept(new SocketOpened(arrival(), String.valueOf(recording.file().getFileName())));
  }

  private void listBefore(VenueInput input, Consumer<VenueInput> sink) {
    Symbol symbol =
        switch (input) {
          case DepthDiff diff -> diff.symbol();
          case DepthSnapshot snapshot -> snapshot.symbol();
          case VenueInput.TradePrint trade -> trade.symbol();
          default -> null;
        };
    if (symbol != null && listed.add(symbol)) {
      sink.accept(new InstrumentsListed(arrival(), List.of(rules(symbol))));
    }
  }

  private InstrumentRules rules(Symbol symbol) {
    Recording.FinestSteps finest =
        recording.finest().getOrDefault(symbol, new Recording.FinestSteps(0, 0));
    return venues.rules(recording.venue(), symbol, recording.symbols().wire(symbol), finest);
  }

  private Arrival arrival() {
    return new Arrival(recording.venue(), receivedAt, source, ordinal++);
  }

  /** Nanoseconds since 1970, up to the space; false if that is not what stands there. */
  private boolean readReceiveTime(CaptureLines lines, int space) {
    if (space - lines.from() > 19) {
      return false;
    }
    long nanos = 0;
    for (int i = lines.from(); i < space; i++) {
      int digit = lines.bytes()[i] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      nanos = 10 * nanos + digit;
    }
    if (nanos < 0) {
      return false;
    }
    receivedAt = Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS);
    return true;
  }
}
