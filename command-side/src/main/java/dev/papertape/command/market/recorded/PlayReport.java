package dev.papertape.command.market.recorded;

import dev.papertape.command.market.book.BookReport;
import dev.papertape.command.market.book.VenueBooks;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.Venue;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The market's part of what {@code play} prints.
 *
 * @param frames lines of all files
 * @param malformed lines that did not parse
 * @param damaged files that are not whole, each with what is wrong
 */
public record PlayReport(long frames, long malformed, List<Book> books, List<String> damaged) {

  /**
   * One book at the end; fields as in {@link BookReport}.
   *
   * @param file the first file that had frames of the symbol at the venue
   * @param symbol the wire's name
   * @param top20Sha256 null where decimals are numbers on the wire, which have no text
   * @param bookTickers the venue's own best bid and ask against the book's at the same update id
   */
  public record Book(
      String file,
      Venue venue,
      String symbol,
      @Nullable Long lastUpdateId,
      List<Integer> levels,
      @Nullable List<String> bestBid,
      @Nullable List<String> bestAsk,
      @Nullable String top20Sha256,
      @Nullable Long snapshotLastUpdateId,
      long staleDropped,
      long applied,
      long gaps,
      long resyncs,
      BookReport.Checks checksums,
      BookReport.Checks bookTickers,
      BookState state) {}

  /** Of a feed that was played to its end into these books. */
  public static PlayReport of(RecordedFeed feed, VenueBooks books) {
    List<SourceReport> sources = feed.sources();
    return new PlayReport(
        sources.stream().mapToLong(SourceReport::frames).sum(),
        sources.stream().mapToLong(SourceReport::malformed).sum(),
        books.bookReports().stream().map(book -> row(feed, book)).toList(),
        Stream.concat(
                sources.stream()
                    .filter(source -> source.damage() != null)
                    .map(source -> source.file() + ": " + source.damage()),
                feed.skipped().stream())
            .toList());
  }

  private static Book row(RecordedFeed feed, BookReport book) {
    return new Book(
        feed.fileOf(book.venue(), book.symbol()),
        book.venue(),
        book.wireSymbol(),
        book.lastUpdateId(),
        book.levels(),
        book.bestBid(),
        book.bestAsk(),
        feed.quotesDecimals(book.venue()) ? book.top20Sha256() : null,
        book.snapshotLastUpdateId(),
        book.staleDropped(),
        book.applied(),
        book.gaps(),
        book.resyncs(),
        book.checksums(),
        book.quotes(),
        book.state());
  }
}
