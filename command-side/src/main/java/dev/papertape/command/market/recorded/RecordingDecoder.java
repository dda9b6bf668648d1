package dev.papertape.command.market.recorded;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.Bundle;
import dev.papertape.command.market.VenueInput.MalformedFrame;
import dev.papertape.command.market.recorded.CapturedLine.Unreadable;
import dev.papertape.command.market.recorded.RecordedSockets.Connection;
import dev.papertape.command.market.wire.FrameDecoder;
import dev.papertape.command.quality.RawText;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns one capture into inputs: its instruments first, the opening of each of its sockets before
 * that socket's first frame, then a frame a line. A symbol that the first look missed is listed
 * right before its first frame.
 */
final class RecordingDecoder {
  private final Recording recording;
  private final Arrivals arrivals;
  private final RecordedSockets sockets;
  private final RecordedListings listings;
  private final @Nullable Instant replacedAt;
  private final ReceiveTimes times = new ReceiveTimes();
  private final String fileName;
  private boolean begun;
  private boolean cut;
  private volatile long frames;
  private volatile long malformed;
  private volatile @Nullable String damage;

  /**
   * @param finest steps of the venue's symbols, of all of its files
   * @param source the file's place among {@code sources} files; its further connections count on
   *     from there in steps of {@code sources}
   * @param replacedAt when another recording took this one's place, null if none did
   */
  RecordingDecoder(
      Recording recording,
      RecordedVenues venues,
      Map<Symbol, FinestSteps> finest,
      int source,
      int sources,
      @Nullable Instant replacedAt) {
    this.recording = recording;
    this.arrivals = new Arrivals(recording.venue());
    this.sockets = new RecordedSockets(arrivals, this::decoder, source, sources);
    this.listings = new RecordedListings(recording, venues, finest);
    this.replacedAt = replacedAt;
    this.fileName = String.valueOf(recording.file().getFileName());
  }

  /** Decodes the whole file, in order, on the calling thread. */
  void decode(Consumer<VenueInput> sink) {
    try (CaptureLines lines = new CaptureLines(recording.file())) {
      decode(lines, sink);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(recording.file() + ": " + unreadable.getMessage(), unreadable);
    }
  }

  /** Decodes the file's lines from wherever they are. */
  void decode(CaptureLines lines, Consumer<VenueInput> sink) throws IOException {
    LineFormat reader = recording.format().reader();
    while (lines.advance()) {
      CapturedLine line = reader.read(lines.bytes(), lines.from(), lines.to());
      Instant at = line.receivedAt();
      if (at != null && times.holds()) {
        arrivals.at(begun ? arrivals.receivedAt() : at); // For lines that came before any time.
        held(times.release(at), false, reader, lines, sink);
        line = reader.read(lines.bytes(), lines.from(), lines.to()); // Its bytes were used again.
      }
      if (times.holds() || times.doubts(at) || (!begun && line instanceof Unreadable)) {
        times.hold(lines.bytes(), lines.from(), lines.to(), at);
        if (times.isFull()) {
          held(times.release(null), lines.openEnded(), reader, lines, sink);
        }
      } else {
        cut = lines.openEnded();
        line(line, () -> RawText.of(lines.bytes(), lines.from(), lines.to()), lines, sink);
      }
    }
    held(times.release(null), lines.openEnded(), reader, lines, sink);
    String tail = damage == null ? lines.damage() : damage;
    String clock = times.damage();
    damage = tail == null ? clock : clock == null ? tail : clock + "; " + tail;
    closeReplaced(sink);
  }

  /**
   * @param lastIsCut whether the file ends within the last of them
   */
  private void held(
      List<byte[]> held,
      boolean lastIsCut,
      LineFormat reader,
      CaptureLines lines,
      Consumer<VenueInput> sink) {
    for (int i = 0; i < held.size(); i++) {
      byte[] line = held.get(i);
      cut = lastIsCut && i == held.size() - 1;
      line(reader.read(line, 0, line.length), () -> RawText.of(line, 0, line.length), lines, sink);
    }
  }

  /** A recorder that was killed wrote no end; the next one's connection is another. */
  private void closeReplaced(Consumer<VenueInput> sink) {
    if (replacedAt == null || !arrivals.receivedAt().isBefore(replacedAt)) {
      return;
    }
    arrivals.at(replacedAt.minusNanos(1));
    for (Connection each : sockets.open()) {
      sockets.close(each, "the recording breaks off", sink);
    }
  }

  boolean lists(Venue venue, Symbol symbol) {
    return recording.venue().equals(venue) && listings.has(symbol);
  }

  SourceReport report() {
    return new SourceReport(fileName, recording.venue(), frames, malformed, damage);
  }

  private void line(
      CapturedLine line, Supplier<RawText> raw, CaptureLines lines, Consumer<VenueInput> sink) {
    switch (line) {
      case CapturedLine.Unrelated _ -> {}
      case CapturedLine.Connected socket -> {
        at(socket.at(), sink);
        sockets.connected(socket.connection(), socket.address(), sink);
      }
      case CapturedLine.Closed end -> {
        at(end.at(), sink);
        sockets.close(sockets.named(""), end.reason(), sink);
      }
      case CapturedLine.Frame frame -> {
        at(frame.at(), sink);
        Connection from = sockets.named(frame.connection());
        sockets.open(from, fileName, sink);
        input(
            from.decoder().decode(arrival(from), frame.bytes(), frame.from(), frame.to()),
            lines,
            sink);
      }
      case CapturedLine.Fetched answer -> {
        at(answer.at(), sink);
        Connection rest = sockets.named("");
        input(
            rest.decoder()
                .decodeFetched(
                    arrival(rest), answer.url(), answer.bytes(), answer.from(), answer.to()),
            lines,
            sink);
      }
      case Unreadable unreadable -> {
        begin(sink);
        unreadable(unreadable.reason(), raw.get(), lines, sink);
      }
    }
  }

  /** Nobody knows whose line it was: each open socket may miss a frame. */
  private void unreadable(
      String reason, RawText raw, CaptureLines lines, Consumer<VenueInput> sink) {
    List<Connection> open = sockets.open();
    Connection first = open.isEmpty() ? sockets.named("") : open.getFirst();
    sockets.open(first, fileName, sink);
    input(new MalformedFrame(arrival(first), null, reason, raw), lines, sink);
    if (!cut) {
      open.stream()
          .skip(1)
          .forEach(
              other -> sink.accept(new MalformedFrame(arrival(other), null, reason, RawText.NONE)));
    }
  }

  private void input(VenueInput decoded, CaptureLines lines, Consumer<VenueInput> sink) {
    VenueInput input = decoded;
    frames = frames + 1;
    if (isMalformed(input)) {
      malformed = malformed + 1;
      if (cut && input instanceof MalformedFrame broken) {
        // Nothing follows that could be missing it: the book stays what it was before.
        damage = lines.damage() == null ? "its last line is cut off" : lines.damage();
        input = MalformedFrame.beside(broken.arrival(), broken.reason(), broken.raw());
      }
    }
    listBefore(input, sink);
    sink.accept(input);
  }

  private static boolean isMalformed(VenueInput input) {
    return input instanceof MalformedFrame
        || (input instanceof Bundle bundle
            && bundle.parts().stream().anyMatch(MalformedFrame.class::isInstance));
  }

  private void at(Instant time, Consumer<VenueInput> sink) {
    arrivals.at(times.steady(time));
    begin(sink);
  }

  /** The file's instruments stand before everything else in it. */
  private void begin(Consumer<VenueInput> sink) {
    if (begun) {
      return;
    }
    begun = true;
    sink.accept(listings.first(arrival(sockets.named(""))));
  }

  private void listBefore(VenueInput input, Consumer<VenueInput> sink) {
    if (input instanceof Bundle bundle) {
      bundle.parts().forEach(part -> listBefore(part, sink));
      return;
    }
    Symbol missed = listings.missed(input);
    if (missed != null) {
      sink.accept(listings.listing(arrivals.next(input.source()), Set.of(missed)));
    }
  }

  private FrameDecoder decoder() {
    FrameDecoder decoder = Wires.decoder(recording.wire(), recording.symbols());
    Symbol only = recording.onlySymbol();
    if (only != null) {
      decoder.inlineSnapshotsOf(only);
    }
    return decoder;
  }

  private Arrival arrival(Connection from) {
    return arrivals.next(from.source());
  }
}
