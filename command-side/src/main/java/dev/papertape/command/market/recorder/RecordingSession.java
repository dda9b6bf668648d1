package dev.papertape.command.market.recorder;

import dev.papertape.command.VenueSettings;
import dev.papertape.command.budget.UnloggedCalls;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueProfile;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.command.market.book.BookReport;
import dev.papertape.command.market.book.MarketLimits;
import dev.papertape.command.market.book.VenueBooks;
import dev.papertape.command.market.connector.ConnectorSettings;
import dev.papertape.command.market.connector.VenueConnector;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.market.Venue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Connectors that are recorded, and books beside them: a book that breaks asks for its snapshot
 * while it is recorded as it does while it is traded on.
 */
public final class RecordingSession implements AutoCloseable {
  private static final int INPUTS_WAITING = 8192;
  private static final Duration TICK = Duration.ofMillis(100);

  private final InstantSource clock;
  private final FrameRecorder recorder;
  private final BlockingQueue<VenueInput> inputs = new ArrayBlockingQueue<>(INPUTS_WAITING);
  private final List<VenueConnector> connectors = new ArrayList<>();
  private final VenueBooks books;
  private final UnloggedCalls budgeted;
  private long frames;

  /**
   * Starts connecting.
   *
   * @param seed of the jitter of reconnects and snapshot requests
   */
  public RecordingSession(
      List<VenueSettings> venues, FrameRecorder recorder, InstantSource clock, long seed) {
    this.clock = clock;
    this.recorder = recorder;
    Map<Venue, WireProtocol> wires = new TreeMap<>();
    venues.forEach(venue -> wires.put(venue.venue(), venue.wire()));
    this.budgeted = new UnloggedCalls(wires, clock, seed);
    List<VenueProfile> profiles = new ArrayList<>();
    for (VenueSettings venue : venues) {
      int source = connectors.size();
      ConnectorSettings settings =
          ConnectorSettings.of(
                  venue.venue(), source, venue.rest(), venue.stream(), Set.copyOf(venue.symbols()))
              .tunedTo(venue.wire());
      connectors.add(
          VenueConnector.of(
              venue.wire(),
              settings,
              budgeted.calls(),
              clock,
              new Random(seed + source),
              inputs::put,
              recorder));
      profiles.add(
          new VenueProfile(
              venue.venue(),
              venue.kind(),
              List.of(venue.rest().toString(), venue.stream().toString()),
              venue.fees(),
              venue.latency(),
              List.of("L2", "TRADES"),
              venue.wire().integrity()));
    }
    this.books =
        new VenueBooks(
            profiles,
            MarketLimits.defaults(),
            (venue, symbol, epoch) ->
                connectors.forEach(connector -> connector.request(venue, symbol, epoch)),
            new Random(seed));
    connectors.forEach(VenueConnector::start);
  }

  /** Keeps the books on the calling thread until it is done, asked after every input and tick. */
  public void run(BooleanSupplier done) throws InterruptedException {
    while (!done.getAsBoolean() && recorder.failure() == null) {
      VenueInput input = inputs.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
      Instant now = input == null ? clock.instant() : input.receivedAt();
      if (input != null) {
        apply(input);
      }
      books.tick(now, Silent.LISTENER);
    }
  }

  private void apply(VenueInput input) {
    frames++;
    books.apply(input, Silent.LISTENER);
  }

  /** Inputs taken so far. */
  public long frames() {
    return frames;
  }

  /** The books as they stand. */
  public List<BookReport> books() {
    return books.bookReports();
  }

  /** Ends all connections, takes what is still under way, ends the files. */
  @Override
  public void close() {
    connectors.forEach(VenueConnector::close);
    budgeted.close();
    for (VenueInput input = inputs.poll(); input != null; input = inputs.poll()) {
      apply(input);
    }
    recorder.close();
  }

  private enum Silent implements MarketState.Listener {
    LISTENER;

    @Override
    public void fact(MarketEvent event) {}

    @Override
    public void bookChanged(BookView book) {}

    @Override
    public void traded(PublicTrade trade) {}
  }
}
