package dev.papertape.benchmarks.market;

import dev.papertape.benchmarks.Result;
import dev.papertape.benchmarks.Scenario;
import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.SnapshotRequests;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueProfile;
import dev.papertape.command.market.binance.BinanceDecoder;
import dev.papertape.command.market.binance.WireSymbols;
import dev.papertape.command.market.book.BookReport;
import dev.papertape.command.market.book.MarketLimits;
import dev.papertape.command.market.book.VenueBooks;
import dev.papertape.command.quality.QualityPolicy;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.IntegrityScheme;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.market.VenueLatency;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Level updates a second from the bytes of a real capture's depth frames, held in memory, to the
 * book: the hand-written decoder and the array book beside Jackson's tree and the sorted-map book,
 * both behind the same sync rule. Both must end with the same book. Then every protocol's capture,
 * whole, and a file of candles.
 */
public final class MarketScenario implements Scenario {
  private static final String L2 = "../shared/data/l2/";
  private static final String CAPTURE = L2 + "hftbacktest/usdm_btcusdt_20240808.gz";

  private static final String CANDLES =
      "../shared/data/ohlcv/binance_spot_BTCUSDT_1h_20170817-20240421.csv.gz";

  /** One file a protocol, each with its books' snapshots in it. */
  private static final List<String> CAPTURES =
      List.of(
          "hftbacktest/spot_btcusdt_20240808.gz",
          "hftbacktest/usdm_btcusdt_20240808.gz",
          "hftbacktest/cm_ethusd_perp_20240808.gz",
          "cryptofeed/COINBASE.v3.jsonl.zst",
          "cryptofeed/COINBASE.ws.28.0.gz",
          "cryptofeed/KRAKEN.ws.50.0.gz");

  private static final Venue VENUE = new Venue("BINANCE_USDM");
  private static final Symbol SYMBOL = new Symbol("BTC-USDT-PERP");

  private record Frame(Instant receivedAt, byte[] bytes) {}

  @FunctionalInterface
  private interface Decoder {
    VenueInput decode(Arrival arrival, byte[] frame) throws IOException;
  }

  /** One pass over the capture. */
  private record Pass(double updatesPerSecond, BookReport book) {}

  @Override
  public String name() {
    return "market";
  }

  @Override
  public Stream<Result> run(Options options) throws IOException {
    List<Frame> frames = depthFrames();
    int rounds = options.quick() ? 3 : 15;
    int warmUp = options.quick() ? 2 : 10;
    double[] ours = new double[rounds];
    double[] peer = new double[rounds];
    for (int round = -warmUp; round < rounds; round++) {
      Pass fast = fast(frames);
      Pass naive = naive(frames);
      if (!fast.book().equals(naive.book())) {
        throw new IllegalStateException(
            "the books differ: " + fast.book() + " and " + naive.book());
      }
      if (round >= 0) {
        ours[round] = fast.updatesPerSecond();
        peer[round] = naive.updatesPerSecond();
      }
    }
    Result compared =
        Result.moreIsBetter(
            name(),
            "level-updates",
            "updates/s",
            median(ours),
            median(peer),
            "Jackson tree + sorted-map book");
    return Stream.concat(Stream.of(compared), venues(options.quick()));
  }

  private Stream<Result> venues(boolean quick) throws IOException {
    List<Result> results = new ArrayList<>();
    for (String capture : CAPTURES) {
      new VenueCapture(name(), root().resolve(L2 + capture)).run(quick).forEach(results::add);
    }
    results.add(new CandleImport(name(), root().resolve(CANDLES)).run(quick));
    return results.stream();
  }

  private static Pass fast(List<Frame> frames) throws IOException {
    BinanceDecoder decoder = new BinanceDecoder(new WireSymbols(true));
    decoder.inlineSnapshotsOf(SYMBOL);
    VenueBooks books =
        new VenueBooks(
            List.of(profile()),
            MarketLimits.defaults(),
            SnapshotRequests.NONE,
            new Random(1),
            QualityPolicy.unguarded());
    return pass(frames, books, (arrival, frame) -> decoder.decode(arrival, frame, 0, frame.length));
  }

  private static Pass naive(List<Frame> frames) throws IOException {
    return pass(
        frames,
        VenueBooks.naive(List.of(profile()), new Random(1)),
        new TreeDecoder(SYMBOL)::decode);
  }

  private static Pass pass(List<Frame> frames, VenueBooks books, Decoder decoder)
      throws IOException {
    Silent silent = new Silent();
    books.apply(
        new VenueInput.InstrumentsListed(
            new Arrival(VENUE, frames.getFirst().receivedAt(), 0, 0), List.of(rules())),
        silent);
    long updates = 0;
    long ordinal = 1;
    long started = System.nanoTime();
    for (Frame frame : frames) {
      VenueInput input =
          decoder.decode(new Arrival(VENUE, frame.receivedAt(), 0, ordinal++), frame.bytes());
      books.apply(input, silent);
      updates += levels(input);
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    return new Pass(updates / seconds, books.bookReports().getFirst());
  }

  private static long levels(VenueInput input) {
    return switch (input) {
      case VenueInput.DepthDiff diff -> diff.bids().size() + diff.asks().size();
      case VenueInput.DepthSnapshot book -> book.bids().size() + book.asks().size();
      default -> 0;
    };
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static List<Frame> depthFrames() throws IOException {
    Path capture = root().resolve(CAPTURE).normalize();
    if (!Files.exists(capture)) {
      throw new IOException("the market benchmark needs the capture " + capture);
    }
    List<Frame> frames = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(capture)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains("\"depthUpdate\"") || line.contains("\"lastUpdateId\"")) {
          int space = line.indexOf(' ');
          frames.add(
              new Frame(
                  Instant.ofEpochSecond(0, Long.parseLong(line.substring(0, space))),
                  line.substring(space + 1).getBytes(StandardCharsets.UTF_8)));
        }
      }
    }
    return frames;
  }

  /** The repository's root above the working folder, else the working folder. */
  private static Path root() {
    Path start = Path.of("").toAbsolutePath();
    for (@Nullable Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("mvnw"))) {
        return folder;
      }
    }
    return start;
  }

  private static InstrumentRules rules() {
    return new InstrumentRules(
        SYMBOL, "BTCUSDT", new BigDecimal("0.1"), new BigDecimal("0.001"), BigDecimal.ZERO);
  }

  private static VenueProfile profile() {
    return new VenueProfile(
        VENUE,
        VenueKind.RECORDED,
        List.of(CAPTURE),
        new VenueFees(2, 5),
        new VenueLatency(0, 0, 0),
        List.of("L2"),
        IntegrityScheme.SEQUENCE);
  }
}
