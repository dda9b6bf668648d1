package dev.papertape.command.market.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.Integrity;
import dev.papertape.command.market.PriceLevels;
import dev.papertape.command.market.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Both vectors of market-wire.md. */
class BookChecksumTest {
  private static final String[] V2_ASKS = {
    "45285.2", "0.00100000", "45286.4", "1.54571953", "45286.6", "1.54571109", "45289.6",
    "1.54560911", "45290.2", "0.15890660", "45291.8", "1.54553491", "45294.7", "0.04454749",
    "45296.1", "0.35380000", "45297.5", "0.09945542", "45299.5", "0.18772827"
  };
  private static final String[] V2_BIDS = {
    "45283.5", "0.10000000", "45283.4", "1.54582015", "45282.1", "0.10000000", "45281.0",
    "0.10000000", "45280.3", "1.54592586", "45279.0", "0.07990000", "45277.6", "0.03310103",
    "45277.5", "0.30000000", "45277.3", "1.54602737", "45276.6", "0.15445238"
  };

  @Test
  void vectorOfVersion2() {
    assertThat(BookChecksum.of(book(V2_BIDS, V2_ASKS))).isEqualTo(3310070434L);
  }

  @Test
  void vectorOfVersion1() {
    List<String> asks = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      asks.add(String.format(Locale.ROOT, "%.5f", 0.05005 + i * 0.00005));
      asks.add("0.00000500");
    }
    List<String> bids = new ArrayList<>();
    for (String price :
        List.of(
            "0.05000", "0.04995", "0.04990", "0.04980", "0.04975", "0.04970", "0.04965", "0.04960",
            "0.04955", "0.04950")) {
      bids.add(price);
      bids.add("0.00000500");
    }
    assertThat(BookChecksum.of(book(bids.toArray(String[]::new), asks.toArray(String[]::new))))
        .isEqualTo(974947235L);
  }

  @Test
  void onlyTheTenBestOfASideCount() {
    LevelBook book = book(V2_BIDS, V2_ASKS);
    LevelWriter writer = new LevelWriter(book, shared(book), 100);
    writer.write(PriceLevels.of("45276.5", "7.00000000"), PriceLevels.of("45300.0", "1.00000000"));
    assertThat(BookChecksum.of(book)).isEqualTo(3310070434L);
  }

  @Test
  void otherBookIsADivergenceWithBothSums() {
    LevelBook book = book(V2_BIDS, V2_ASKS);
    Verdict verdict =
        ChecksumRule.TOP_TEN.confirm(
            book, new Integrity.Checksum(1L, 10), PriceLevels.NONE, PriceLevels.NONE);
    assertThat(verdict).isEqualTo(new Verdict.Divergence("1", "3310070434"));
    assertThat(verdict.requiresResync()).isTrue();
  }

  @Test
  void changeBelowTheTenthLevelIsUnverifiable() {
    LevelBook book = book(V2_BIDS, V2_ASKS);
    PriceLevels below = PriceLevels.of("45276.5", "7.00000000");
    new LevelWriter(book, shared(book), 100).write(below, PriceLevels.NONE);
    Integrity right = new Integrity.Checksum(3310070434L, 25);
    assertThat(ChecksumRule.TOP_TEN.confirm(book, right, below, PriceLevels.NONE))
        .isInstanceOf(Verdict.Unverifiable.class);
    assertThat(
            ChecksumRule.TOP_TEN.confirm(
                book, right, PriceLevels.of("45283.5", "0.10000000"), PriceLevels.NONE))
        .isEqualTo(Verdict.IN_ORDER);
  }

  private static SymbolScale shared(LevelBook book) {
    SymbolScale scale = new SymbolScale();
    scale.admit(book.scale().priceDecimals(), book.scale().quantityDecimals());
    return scale;
  }

  private static LevelBook book(String[] bids, String[] asks) {
    LevelBook book = new FastOrderBook(new Scale(5, 8));
    SymbolScale scale = shared(book);
    scale.share(book);
    assertThat(new LevelWriter(book, scale, 100).write(PriceLevels.of(bids), PriceLevels.of(asks)))
        .isNull();
    assertThat(book.levels(BookSide.BID)).isEqualTo(10);
    return book;
  }
}
