package dev.papertape.command.market.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.OrderBook;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.command.market.SnapshotRequests;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.book.MarketLimits;
import dev.papertape.command.market.book.VenueBooks;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.MarketEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Real captures, tampered with at random lines. Whatever happens to the frames, a book that may be
 * traded on is the book that the untouched capture has at that same place: SYNCED is what the
 * router's gate and the paper fills ask for. On Kraken the place is the message, and what counts
 * are the ten levels of its checksum.
 */
class TamperedCapturesTest {
  private enum Capture {
    SPOT("BINANCE-ee25be.0.gz"),
    US("BINANCE_US.http.0.0.gz", "BINANCE_US.ws.1.0.gz"),
    USDM("BINANCE_FUTURES.http.0.0.gz", "BINANCE_FUTURES.ws.1.0.gz"),
    COINM("BINANCE_DELIVERY.http.0.0.gz", "BINANCE_DELIVERY.ws.1.0.gz"),
    COINBASE("COINBASE.v3.jsonl.zst"),
    KRAKEN_V1("KRAKEN.ws.50.0.gz");

    private final List<String> files;

    Capture(String... files) {
      this.files = List.of(files);
    }
  }

  private enum Tampering {
    DROP {
      @Override
      void apply(List<String> lines, int at, Random random) {
        lines.remove(at);
      }
    },
    REPEAT {
      @Override
      void apply(List<String> lines, int at, Random random) {
        lines.add(at, lines.get(at));
      }
    },
    SWAP {
      @Override
      void apply(List<String> lines, int at, Random random) {
        lines.add(at, lines.remove(at - 1));
      }
    },
    TRUNCATE {
      @Override
      void apply(List<String> lines, int at, Random random) {
        lines.set(at, lines.get(at).substring(0, 1 + random.nextInt(lines.get(at).length() - 1)));
      }
    },
    /** The frame twice in one. */
    DOUBLE {
      @Override
      void apply(List<String> lines, int at, Random random) {
        String line = lines.get(at);
        lines.set(at, line + line.substring(line.indexOf(' ') + 1));
      }
    };

    abstract void apply(List<String> lines, int at, Random random);
  }

  private static final int TOP = 10;
  private static final Map<Capture, List<List<String>>> LINES = new ConcurrentHashMap<>();
  private static final Map<Capture, Run> UNTOUCHED = new ConcurrentHashMap<>();

  @Property(tries = 100)
  void bookThatMayBeTradedOnIsTheVenuesOwn(
      @ForAll Capture capture,
      @ForAll Tampering tampering,
      @ForAll @IntRange(min = 1, max = 4) int times,
      @ForAll long seed)
      throws IOException {
    Run untouched = untouched(capture);
    Random random = new Random(seed);
    List<List<String>> files = new ArrayList<>();
    lines(capture).forEach(lines -> files.add(new ArrayList<>(lines)));
    List<String> stream = files.getLast();
    for (int i = 0; i < times; i++) {
      tampering.apply(stream, 1 + random.nextInt(stream.size() - 1), random);
    }

    Run run = new Run(capture).play(files);

    run.usable.forEach(
        (place, book) ->
            assertThat(book).as("book at %s", place).isEqualTo(untouched.usable.get(place)));
  }

  /**
   * Where frames are numbered, a lost one shows as soon as the next one of its chain comes, on
   * every book that stood by then. One whose snapshot is still to come has missed nothing: a
   * snapshot is whole.
   */
  @Property(tries = 40)
  void numberedFrameIsNeverLostUnnoticed(@ForAll long seed) throws IOException {
    int frames = lines(Capture.COINBASE).getLast().size();
    int first = snapshotLine("BTC-USD") + 1;
    // Behind the last frame nothing follows.
    assertLossIsNoticed(first + new Random(seed).nextInt(frames - first - 1));
  }

  @Test
  void Bug_3_lossBetweenTwoSnapshotsIsThatOfTheFirstBookAlone() throws IOException {
    for (int dropped = snapshotLine("BTC-USD") + 1; dropped < snapshotLine("ETH-USD"); dropped++) {
      assertLossIsNoticed(dropped);
    }
  }

  private static void assertLossIsNoticed(int dropped) throws IOException {
    List<String> lines = new ArrayList<>(lines(Capture.COINBASE).getLast());
    lines.remove(dropped);
    Map<String, PlayReport.Book> untouched = booksBySymbol(untouched(Capture.COINBASE));
    Map<String, PlayReport.Book> books =
        booksBySymbol(new Run(Capture.COINBASE).play(List.of(lines)));

    assertThat(books).hasSameSizeAs(untouched);
    for (PlayReport.Book book : books.values()) {
      int snapshot = snapshotLine(book.symbol());
      if (snapshot < dropped) {
        assertThat(book.gaps()).as("gaps of %s without line %d", book, dropped).isEqualTo(1);
        assertThat(book.state()).isNotEqualTo(BookState.SYNCED);
        assertThat(book.levels()).containsExactly(0, 0);
      } else if (snapshot > dropped) {
        PlayReport.Book whole = untouched.get(book.symbol());
        assertThat(book.state()).as("%s without line %d", book, dropped).isEqualTo(whole.state());
        assertThat(book.applied()).isEqualTo(whole.applied());
        assertThat(book.top20Sha256()).isEqualTo(whole.top20Sha256());
      } else {
        assertThat(book.state()).as("%s without its snapshot", book).isNotEqualTo(BookState.SYNCED);
      }
    }
  }

  private static int snapshotLine(String symbol) throws IOException {
    List<String> lines = lines(Capture.COINBASE).getLast();
    String start = "\\\"type\\\":\\\"snapshot\\\",\\\"product_id\\\":\\\"" + symbol + "\\\"";
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains("l2_data") && lines.get(i).contains(start)) {
        return i;
      }
    }
    throw new AssertionError("no snapshot of " + symbol);
  }

  private static Map<String, PlayReport.Book> booksBySymbol(Run run) {
    return run.report.books().stream()
        .collect(Collectors.toMap(PlayReport.Book::symbol, book -> book));
  }

  /**
   * Kraken numbers nothing: a loss shows at the first checksum that differs, and one below the
   * tenth level may never show. market-wire.md has 87 of 108 seen, so of 36 are to be expected 29,
   * with a standard deviation of 2.4; the bound is three of them, and some must stay unseen.
   */
  @Test
  void mostLossesOnKrakenShowAndNoneOfTheOthersIsInTheTopTen() throws IOException {
    Random random = new Random(108);
    Run untouched = untouched(Capture.KRAKEN_V1);
    int seen = 0;
    for (int i = 0; i < 36; i++) {
      List<String> lines = new ArrayList<>(lines(Capture.KRAKEN_V1).getLast());
      lines.remove(200 + random.nextInt(lines.size() - 400));
      Run run = new Run(Capture.KRAKEN_V1).play(List.of(lines));
      seen += run.report.books().stream().anyMatch(book -> book.checksums().failed() > 0) ? 1 : 0;
      run.usable.forEach((place, book) -> assertThat(book).isEqualTo(untouched.usable.get(place)));
    }
    assertThat(seen).isBetween(22, 35);
  }

  private static Run untouched(Capture capture) throws IOException {
    Run run = UNTOUCHED.get(capture);
    if (run == null) {
      run = new Run(capture).play(lines(capture));
      UNTOUCHED.put(capture, run);
    }
    return run;
  }

  private static List<List<String>> lines(Capture capture) throws IOException {
    List<List<String>> files = LINES.get(capture);
    if (files == null) {
      files = new ArrayList<>();
      for (String name : capture.files) {
        files.add(lines(SharedCaptures.l2("cryptofeed/" + name)));
      }
      LINES.put(capture, files);
    }
    return files;
  }

  private static List<String> lines(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    try (CaptureLines read = new CaptureLines(file)) {
      while (read.advance()) {
        String line =
            new String(read.bytes(), read.from(), read.to() - read.from(), StandardCharsets.UTF_8);
        if (!line.startsWith("{\"t\":\"http\"")) { // Megabytes of products that nobody reads.
          lines.add(line);
        }
      }
    }
    return lines;
  }

  /** One play, with every state that could have been traded on. */
  private static final class Run implements MarketState.Listener {
    private final Capture capture;
    private final Map<String, String> usable = new HashMap<>();
    private VenueInput current;
    private PlayReport report;

    Run(Capture capture) {
      this.capture = capture;
    }

    Run play(List<List<String>> contents) throws IOException {
      List<Path> files = new ArrayList<>();
      try {
        for (int i = 0; i < contents.size(); i++) {
          Path file = Files.createTempFile("tampered", "-" + capture.files.get(i) + ".txt");
          files.add(file);
          Files.write(file, contents.get(i));
        }
        try (RecordedFeed feed = RecordedFeed.open(files, RecordedVenues.defaults())) {
          VenueBooks books =
              new VenueBooks(
                  feed.profiles(), MarketLimits.defaults(), SnapshotRequests.NONE, new Random(1));
          while (feed.hasNext()) {
            current = feed.next();
            books.apply(current, this);
          }
          report = PlayReport.of(feed, books);
        }
        return this;
      } finally {
        for (Path file : files) {
          Files.delete(file);
        }
      }
    }

    @Override
    public void bookChanged(BookView view) {
      if (view.state(current.receivedAt()) == BookState.SYNCED) {
        usable.put(view.instrument().symbol() + "@" + place(view), top(view.book()));
      }
    }

    /** Where in the venue's own history the book stands. */
    private Object place(BookView view) {
      Long updateId = view.sequence();
      if (updateId != null) {
        return updateId;
      }
      @Nullable Long number =
          current instanceof VenueInput.Bundle bundle ? bundle.connectionSequence() : null;
      return number != null ? number : current.receivedAt();
    }

    private static String top(OrderBook book) {
      StringBuilder text = new StringBuilder();
      for (BookSide side : BookSide.values()) {
        for (int i = 0; i < Math.min(TOP, book.levels(side)); i++) {
          text.append(book.scale().price(book.price(side, i)).stripTrailingZeros())
              .append('x')
              .append(book.scale().quantity(book.quantity(side, i)).stripTrailingZeros())
              .append(' ');
        }
      }
      return text.toString();
    }

    @Override
    public void fact(MarketEvent event) {}

    @Override
    public void traded(PublicTrade trade) {}
  }
}
