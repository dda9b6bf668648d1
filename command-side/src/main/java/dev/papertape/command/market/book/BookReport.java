package dev.papertape.command.market.book;

import dev.papertape.command.market.BookSide;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.StreamCounts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One book with what it went through, in the wire's own texts.
 *
 * @param wireSymbol the venue's name of the symbol
 * @param lastUpdateId newest update in the book, null while it holds none
 * @param levels number of bids, number of asks
 * @param bestBid price and quantity as the wire wrote them, null when there is none
 * @param top20Sha256 SHA-256 in hex of {@code B|p:q;…|A|p:q;…}, 20 best of each side, best first
 * @param snapshotLastUpdateId of the newest snapshot that was loaded, null before one
 * @param staleDropped messages older than the book, dropped
 * @param applied messages applied
 * @param resyncs how often the book was synced again after it had been synced
 * @param checksums the venue's checksums
 * @param quotes the venue's own best bid and ask, compared with the book's at the same update
 */
public record BookReport(
    Venue venue,
    Symbol symbol,
    String wireSymbol,
    @Nullable Long lastUpdateId,
    List<Integer> levels,
    @Nullable List<String> bestBid,
    @Nullable List<String> bestAsk,
    String top20Sha256,
    @Nullable Long snapshotLastUpdateId,
    long staleDropped,
    long applied,
    long gaps,
    long resyncs,
    Checks checksums,
    Checks quotes,
    BookState state) {

  /** Statements of the venue about the book that proved right or wrong. */
  public record Checks(long verified, long failed) {}

  private static final int TOP = 20;

  static BookReport of(BookFace face, Instant feedTime) {
    LevelBook book = face.levels();
    StreamCounts counts = face.tally().counts(face.streamState(feedTime));
    TopOfBookCheck quotes = face.quotes();
    return new BookReport(
        face.instrument().venue(),
        face.instrument().symbol(),
        face.instrument().rules().wireSymbol(),
        face.sequence(),
        List.of(book.levels(BookSide.BID), book.levels(BookSide.ASK)),
        best(book, BookSide.BID),
        best(book, BookSide.ASK),
        sha256("B|" + top(book, BookSide.BID) + "|A|" + top(book, BookSide.ASK)),
        face.snapshotLastUpdateId(),
        face.counts().staleDropped(),
        face.counts().applied(),
        counts.gaps(),
        counts.resyncs(),
        face.counts().checksums(),
        new Checks(quotes.equal(), quotes.compared() - quotes.equal()),
        face.state(feedTime));
  }

  private static @Nullable List<String> best(LevelBook book, BookSide side) {
    return book.levels(side) == 0
        ? null
        : List.of(book.wirePrice(side, 0), book.wireQuantity(side, 0));
  }

  private static String top(LevelBook book, BookSide side) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(TOP, book.levels(side)); i++) {
      text.append(i == 0 ? "" : ";")
          .append(book.wirePrice(side, i))
          .append(':')
          .append(book.wireQuantity(side, i));
    }
    return text.toString();
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }
}
