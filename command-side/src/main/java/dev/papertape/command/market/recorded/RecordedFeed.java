package dev.papertape.command.market.recorded;

import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueProfile;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Recordings as one stream of inputs, merged by (receive time, source index, ordinal); the source
 * index is the file's place in the list, further connections of a file count on from there. Each
 * file is read and decoded on a thread of its own, running at most a bounded number of frames
 * ahead. Pull with {@link #next}; one reader, one pass.
 */
public final class RecordedFeed implements Iterator<VenueInput>, AutoCloseable {
  private static final Comparator<VenueInput> MERGE_ORDER =
      Comparator.comparing(VenueInput::receivedAt)
          .thenComparingInt(VenueInput::source)
          .thenComparingLong(VenueInput::ordinal);

  private final List<VenueProfile> profiles;
  private final Set<Venue> quotedDecimals;
  private final List<RecordingDecoder> decoders = new ArrayList<>();
  private final List<DecodingThread> heads = new ArrayList<>();

  private final List<String> skipped;

  private RecordedFeed(List<Recording> recordings, List<String> skipped, RecordedVenues venues) {
    this.skipped = List.copyOf(skipped);
    Map<Venue, Map<Symbol, FinestSteps>> finest = new HashMap<>();
    Map<Venue, List<String>> files = new TreeMap<>();
    Map<Venue, WireProtocol> wires = new HashMap<>();
    for (Recording recording : recordings) {
      Map<Symbol, FinestSteps> ofVenue =
          finest.computeIfAbsent(recording.venue(), _ -> new HashMap<>());
      recording.finest().forEach((symbol, steps) -> ofVenue.merge(symbol, steps, FinestSteps::and));
      files
          .computeIfAbsent(recording.venue(), _ -> new ArrayList<>())
          .add(recording.file().toString());
      wires.putIfAbsent(recording.venue(), recording.wire());
    }
    for (Recording recording : recordings) {
      RecordingDecoder decoder =
          new RecordingDecoder(
              recording,
              venues,
              finest.getOrDefault(recording.venue(), Map.of()),
              decoders.size(),
              recordings.size(),
              nextStart(recording, recordings));
      decoders.add(decoder);
      heads.add(new DecodingThread(recording.file().toString(), decoder));
    }
    profiles =
        files.entrySet().stream()
            .map(
                venue ->
                    venues.profile(
                        venue.getKey(),
                        wires.getOrDefault(venue.getKey(), WireProtocol.BINANCE_SPOT),
                        venue.getValue()))
            .toList();
    quotedDecimals =
        wires.entrySet().stream()
            .filter(wire -> wire.getValue().quotesDecimals())
            .map(Map.Entry::getKey)
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Looks at the files and starts reading. One that broke off before its first frame is left out,
   * and named in the report, if there are others. Throws {@link IllegalArgumentException} with one
   * sentence if a file is no capture of a known kind, {@link IOException} if one cannot be read.
   */
  public static RecordedFeed open(List<Path> files, RecordedVenues venues) throws IOException {
    List<Recording> recordings = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    Recording.@Nullable HoldsNoFrame empty = null;
    for (Path file : files) {
      try {
        recordings.add(Recording.lookAt(file));
      } catch (Recording.HoldsNoFrame broken) {
        empty = broken;
        skipped.add(file.getFileName() + ": it holds no frame");
      }
    }
    if (recordings.isEmpty() && empty != null) {
      throw empty;
    }
    RecordedFeed feed = new RecordedFeed(recordings, skipped, venues);
    feed.heads.forEach(DecodingThread::start);
    return feed;
  }

  /**
   * When the recorder began its next file of the venue, null if it did not: a connection whose end
   * was not recorded ended before.
   */
  private static @Nullable Instant nextStart(Recording recording, List<Recording> all) {
    Instant started = recording.started();
    Instant next = null;
    for (Recording other : all) {
      Instant begun = other.started();
      if (started != null
          && begun != null
          && other.venue().equals(recording.venue())
          && begun.isAfter(started)
          && (next == null || begun.isBefore(next))) {
        next = begun;
      }
    }
    return next;
  }

  /** Files that were left out, each with why. */
  List<String> skipped() {
    return skipped;
  }

  /** The venues of the files, ordered by name. */
  public List<VenueProfile> profiles() {
    return profiles;
  }

  /** What was read so far, in the files' order; complete once {@link #hasNext} is false. */
  public List<SourceReport> sources() {
    return decoders.stream().map(RecordingDecoder::report).toList();
  }

  /** Whether prices and quantities of the venue are strings on its wire. */
  boolean quotesDecimals(Venue venue) {
    return quotedDecimals.contains(venue);
  }

  /** Name of the first file that has frames of the symbol; empty if none has. */
  String fileOf(Venue venue, Symbol symbol) {
    return decoders.stream()
        .filter(decoder -> decoder.lists(venue, symbol))
        .map(decoder -> decoder.report().file())
        .findFirst()
        .orElse("");
  }

  @Override
  public boolean hasNext() {
    heads.removeIf(head -> head.peek() == null);
    return !heads.isEmpty();
  }

  @Override
  public VenueInput next() {
    DecodingThread first = null;
    VenueInput earliest = null;
    for (DecodingThread head : heads) {
      VenueInput input = head.peek();
      if (input != null && (earliest == null || MERGE_ORDER.compare(input, earliest) < 0)) {
        earliest = input;
        first = head;
      }
    }
    if (first == null || earliest == null) {
      throw new NoSuchElementException("the recordings are at their end");
    }
    first.take();
    return earliest;
  }

  @Override
  public void close() {
    heads.forEach(DecodingThread::stop);
  }
}
