package dev.papertape.command.market.recorded;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.Bundle;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.VenueInput.InstrumentsListed;
import dev.papertape.command.market.VenueInput.MalformedFrame;
import dev.papertape.command.market.VenueInput.SocketClosed;
import dev.papertape.command.market.VenueInput.SocketOpened;
import dev.papertape.command.market.recorded.CapturedLine.Unreadable;
import dev.papertape.command.market.wire.FrameDecoder;
import dev.papertape.command.quality.RawText;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns one capture into inputs: its instruments first, the opening of each of its sockets before
 * that socket's first frame, then a frame a line. A symbol that the first look missed is listed
 * right before its first frame.
 */
final class RecordingDecoder {
  /** One socket of the capture. */
  private static final class Connection {
    private final int source;
    private FrameDecoder decoder;
    private @Nullable String address;
    private boolean open;

    Connection(int source, FrameDecoder decoder) {
      this.source = source;
      this.decoder = decoder;
    }
  }

  private final Recording recording;
  private final RecordedVenues venues;
  private final Map<Symbol, FinestSteps> finest;
  private final int source;
  private final int sources;
  private final @Nullable Instant replacedAt;
  private final ReceiveTimes times = new ReceiveTimes();
  private final Map<String, Connection> connections = new LinkedHashMap<>();
  private final Set<Symbol> listed = ConcurrentHashMap.newKeySet();
  private final String fileName;
  private long ordinal;
  private Instant receivedAt = Instant.EPOCH;
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
    this.venues = venues;
    this.finest = finest;
    this.source = source;
    this.sources = sources;
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
        receivedAt = begun ? receivedAt : at; // For lines without a time that came before any.
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
    if (replacedAt == null || !receivedAt.isBefore(replacedAt)) {
      return;
    }
    receivedAt = replacedAt.minusNanos(1);
    for (Connection each : connections.values()) {
      closed(each, "the recording breaks off", sink);
    }
  }

  private void closed(Connection socket, String reason, Consumer<VenueInput> sink) {
    if (socket.open) {
      sink.accept(new SocketClosed(arrival(socket), reason));
      socket.open = false;
      socket.decoder = decoder();
    }
  }

  boolean lists(Venue venue, Symbol symbol) {
    return recording.venue().equals(venue) && listed.contains(symbol);
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
        connected(connection(socket.connection()), socket.address(), sink);
      }
      case CapturedLine.Closed end -> {
        at(end.at(), sink);
        closed(connection(""), end.reason(), sink);
      }
      case CapturedLine.Frame frame -> {
        at(frame.at(), sink);
        Connection from = connection(frame.connection());
        open(from, fileName, sink);
        input(
            from.decoder.decode(arrival(from), frame.bytes(), frame.from(), frame.to()),
            lines,
            sink);
      }
      case CapturedLine.Fetched answer -> {
        at(answer.at(), sink);
        Connection rest = connection("");
        input(
            rest.decoder.decodeFetched(
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
    List<Connection> open = connections.values().stream().filter(each -> each.open).toList();
    Connection first = open.isEmpty() ? connection("") : open.getFirst();
    open(first, fileName, sink);
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
    receivedAt = times.steady(time);
    begin(sink);
  }

  /** The file's instruments stand before everything else in it. */
  private void begin(Consumer<VenueInput> sink) {
    if (begun) {
      return;
    }
    begun = true;
    List<InstrumentRules> rules = new ArrayList<>();
    TreeSet<Symbol> symbols = new TreeSet<>(recording.finest().keySet());
    symbols.addAll(recording.stated().keySet());
    symbols.forEach(symbol -> rules.add(rules(symbol)));
    listed.addAll(symbols);
    sink.accept(
        new InstrumentsListed(arrival(connection("")), List.copyOf(rules), isStated(symbols)));
  }

  private void connected(Connection socket, String address, Consumer<VenueInput> sink) {
    if (address.equals(socket.address)) {
      closed(socket, "the recording connects anew", sink);
    }
    socket.address = address;
    open(socket, address, sink);
  }

  private void open(Connection socket, String endpoint, Consumer<VenueInput> sink) {
    if (!socket.open) {
      socket.open = true;
      sink.accept(new SocketOpened(arrival(socket), endpoint));
    }
  }

  private void listBefore(VenueInput input, Consumer<VenueInput> sink) {
    if (input instanceof Bundle bundle) {
      bundle.parts().forEach(part -> listBefore(part, sink));
      return;
    }
    Symbol symbol =
        switch (input) {
          case DepthDiff diff -> diff.symbol();
          case DepthSnapshot snapshot -> snapshot.symbol();
          case VenueInput.TradePrint trade -> trade.symbol();
          default -> null;
        };
    if (symbol != null && listed.add(symbol)) {
      Arrival arrival =
          new Arrival(recording.venue(), input.receivedAt(), input.source(), ordinal++);
      sink.accept(new InstrumentsListed(arrival, List.of(rules(symbol)), isStated(Set.of(symbol))));
    }
  }

  private boolean isStated(Set<Symbol> symbols) {
    return recording.stated().keySet().containsAll(symbols);
  }

  private InstrumentRules rules(Symbol symbol) {
    InstrumentRules stated = recording.stated().get(symbol);
    if (stated != null) {
      return stated;
    }
    return venues.rules(
        recording.venue(),
        symbol,
        recording.symbols().wire(symbol),
        finest.getOrDefault(symbol, FinestSteps.NONE));
  }

  private Connection connection(String name) {
    return connections.computeIfAbsent(
        name, _ -> new Connection(source + sources * connections.size(), decoder()));
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
    return new Arrival(recording.venue(), receivedAt, from.source, ordinal++);
  }
}
