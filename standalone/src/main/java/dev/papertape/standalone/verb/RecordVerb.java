package dev.papertape.standalone.verb;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.command.VenueSettings;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.command.market.book.BookReport;
import dev.papertape.command.market.recorder.FrameRecorder;
import dev.papertape.command.market.recorder.RecordingSession;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.market.VenueLatency;
import dev.papertape.standalone.CouldNotRun;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code record}: the raw frames of venues into files that {@code play} reads. */
@Command(
    name = "record",
    description =
        "Records the raw frames of venues until it is stopped, one file a connection; prints one"
            + " JSON object.",
    mixinStandardHelpOptions = true)
public final class RecordVerb implements Callable<Integer> {

  /** What it prints. */
  record Recorded(long frames, List<RecordedFile> files, List<RecordedBook> books) {}

  record RecordedFile(String file, String venue, long frames) {}

  record RecordedBook(
      String venue,
      String symbol,
      long applied,
      long gaps,
      long resyncs,
      BookReport.Checks checksums,
      String state) {}

  private static final Map<String, Endpoint> PUBLIC =
      Map.of(
          "BINANCE",
          new Endpoint(
              WireProtocol.BINANCE_SPOT,
              URI.create("https://api.binance.com"),
              URI.create("wss://stream.binance.com:9443")),
          "COINBASE",
          new Endpoint(
              WireProtocol.COINBASE,
              URI.create("https://api.coinbase.com"),
              URI.create("wss://advanced-trade-ws.coinbase.com")),
          "KRAKEN",
          new Endpoint(
              WireProtocol.KRAKEN,
              URI.create("https://api.kraken.com"),
              URI.create("wss://ws.kraken.com/v2")));

  private record Endpoint(WireProtocol wire, URI rest, URI stream) {}

  private final PrintStream out;
  private final PrintStream err;

  @Option(
      names = "--venue",
      paramLabel = "VENUE",
      split = ",",
      description =
          "BINANCE, COINBASE, KRAKEN, several with commas (default: BINANCE); another name needs"
              + " --wire, --rest and --stream")
  private List<String> venues = List.of("BINANCE");

  @Option(
      names = "--symbols",
      paramLabel = "SYMBOL",
      split = ",",
      description = "what to listen to (default: BTC-USDT,ETH-USDT,SOL-USDT)")
  private List<String> symbols = List.of("BTC-USDT", "ETH-USDT", "SOL-USDT");

  @Option(names = "--wire", description = "BINANCE_SPOT, COINBASE or KRAKEN")
  private @Nullable WireProtocol wire;

  @Option(names = "--rest", paramLabel = "URI", description = "base of the venue's REST calls")
  private @Nullable URI rest;

  @Option(names = "--stream", paramLabel = "URI", description = "the venue's WebSocket")
  private @Nullable URI stream;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "recordings",
      description = "where the files go (default: ./${DEFAULT-VALUE})")
  private Path folder = Path.of("recordings");

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "stops by itself after so long (default: until it is stopped)")
  private @Nullable Long seconds;

  @Option(names = "--json", description = "prints JSON, as it does anyway")
  private boolean json;

  public RecordVerb(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws Exception {
    List<VenueSettings> settings = settings();
    Map<Venue, WireProtocol> wires = new TreeMap<>();
    settings.forEach(venue -> wires.put(venue.venue(), venue.wire()));
    AtomicBoolean stopped = new AtomicBoolean();
    CountDownLatch finished = new CountDownLatch(1);
    Thread onSignal = new Thread(() -> stop(stopped, finished), "stop-recording");
    Runtime.getRuntime().addShutdownHook(onSignal);
    try (FrameRecorder recorder = recorder(wires)) {
      Recorded recorded = record(settings, recorder, stopped);
      out.println(new ObjectMapper().writeValueAsString(recorded));
      out.flush();
      IOException failure = recorder.failure();
      if (failure != null) {
        throw new CouldNotRun("The recording ended early: " + failure.getMessage(), failure);
      }
      return recorded.frames() > 0 ? 0 : 1;
    } finally {
      finished.countDown();
      if (!stopped.get()) {
        Runtime.getRuntime().removeShutdownHook(onSignal);
      }
    }
  }

  private FrameRecorder recorder(Map<Venue, WireProtocol> wires) {
    try {
      return new FrameRecorder(folder, wires, "Papertape 0.1.0");
    } catch (IOException unwritable) {
      throw new CouldNotRun(
          "The folder %s cannot be written to: %s.".formatted(folder, unwritable.getMessage()),
          unwritable);
    }
  }

  private Recorded record(
      List<VenueSettings> settings, FrameRecorder recorder, AtomicBoolean stopped)
      throws InterruptedException {
    long until =
        seconds == null
            ? Long.MAX_VALUE
            : System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    RecordingSession session =
        new RecordingSession(settings, recorder, Clock.systemUTC(), new Random().nextLong());
    try (session;
        Progress progress = Progress.on(err)) {
      progress.begin("frames", -1);
      session.run(
          () -> {
            progress.at(session.frames());
            return stopped.get() || (seconds != null && System.nanoTime() - until >= 0);
          });
    }
    return new Recorded(
        recorder.written().stream().mapToLong(FrameRecorder.Written::frames).sum(),
        recorder.written().stream()
            .map(
                file ->
                    new RecordedFile(file.file().toString(), file.venue().name(), file.frames()))
            .toList(),
        session.books().stream().map(RecordVerb::row).toList());
  }

  private static RecordedBook row(BookReport book) {
    return new RecordedBook(
        book.venue().name(),
        book.symbol().value(),
        book.applied(),
        book.gaps(),
        book.resyncs(),
        book.checksums(),
        book.state().name());
  }

  /** A signal ends the recording; the process waits until its files are whole. */
  private static void stop(AtomicBoolean stopped, CountDownLatch finished) {
    stopped.set(true);
    try {
      finished.await();
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }

  private List<VenueSettings> settings() {
    List<VenueSettings> settings = new ArrayList<>();
    for (String name : venues) {
      Endpoint usual = PUBLIC.get(name);
      WireProtocol spoken = wire != null || usual == null ? wire : usual.wire();
      URI restBase = rest != null || usual == null ? rest : usual.rest();
      URI address = stream != null || usual == null ? stream : usual.stream();
      if (spoken == null || restBase == null || address == null) {
        throw new CouldNotRun(
            "The venue %s is not one of %s: it needs --wire, --rest and --stream."
                .formatted(name, PUBLIC.keySet().stream().sorted().toList()));
      }
      try {
        settings.add(
            new VenueSettings(
                new Venue(name),
                VenueKind.LIVE,
                spoken,
                restBase,
                address,
                symbols.stream().map(Symbol::new).toList(),
                new VenueFees(0, 0),
                new VenueLatency(0, 0, 0)));
      } catch (IllegalArgumentException misnamed) {
        throw new CouldNotRun("There is " + misnamed.getMessage() + ".", misnamed);
      }
    }
    return settings;
  }
}
