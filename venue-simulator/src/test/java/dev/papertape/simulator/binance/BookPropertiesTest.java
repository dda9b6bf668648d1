package dev.papertape.simulator.binance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BookPropertiesTest {

  private static final JsonMapper JSON = new JsonMapper();

  @Property(tries = 15)
  void diffsRebuildTheSnapshotAtAnyLaterUpdateId(
      @ForAll long seed,
      @ForAll @IntRange(max = 150) int stepsToFirst,
      @ForAll @IntRange(min = 1, max = 400) int stepsToLast) {
    RunningTape tape = new RunningTape(seed, "btcusdt@depth@100ms"::equals);
    for (int i = 0; i < stepsToFirst; i++) {
      tape.step();
    }
    WireBook rebuilt = WireBook.ofSnapshot(tape.snapshot("ALTO", "BTCUSDT"));
    for (int i = 0; i < stepsToLast || tape.market.millis() % 100 != 0; i++) {
      tape.step();
      assertThat(WireBook.ofSnapshot(tape.snapshot("ALTO", "BTCUSDT")).isCrossedOrLocked())
          .as("step %s", i)
          .isFalse();
    }
    tape.of("ALTO", "btcusdt@depth@100ms").forEach(rebuilt::apply);

    // at a cadence boundary the last diff's u is the book's id; any number of diffs came before
    assertThat(rebuilt).isEqualTo(WireBook.ofSnapshot(tape.snapshot("ALTO", "BTCUSDT")));
    assertThat(rebuilt.isCrossedOrLocked()).isFalse();
  }

  @Property(tries = 10)
  void updateIdsOfAStreamHaveNoHoleAndNoOverlap(@ForAll long seed) throws Exception {
    RunningTape tape = new RunningTape(seed, "ethusdt@depth@100ms"::equals).run(5);
    for (String venue : List.of("ALTO", "BRIO", "CIELO")) {
      long last = -1;
      for (String json : tape.of(venue, "ethusdt@depth@100ms")) {
        JsonNode diff = JSON.readTree(json);
        assertThat(diff.get("u").asLong()).isGreaterThanOrEqualTo(diff.get("U").asLong());
        if (last >= 0) {
          assertThat(diff.get("U").asLong()).isEqualTo(last + 1);
        }
        last = diff.get("u").asLong();
      }
    }
  }

  @Property(tries = 10)
  void everyLevelIsOnItsGridAndBooksKeepTheirDepth(@ForAll long seed) {
    RunningTape tape = new RunningTape(seed, stream -> false).run(20);
    tape.config
        .venues()
        .forEach(
            venue ->
                venue
                    .listings()
                    .forEach(
                        listing -> {
                          String symbol = listing.symbol().replace("-", "");
                          WireBook book = WireBook.ofSnapshot(tape.snapshot(venue.name(), symbol));
                          assertThat(book.bids().size())
                              .isGreaterThanOrEqualTo(listing.levels() / 2);
                          assertThat(book.asks().size())
                              .isGreaterThanOrEqualTo(listing.levels() / 2);
                          assertThat(book.bids().keySet())
                              .allMatch(price -> isMultiple(price, listing.tickSize()));
                          assertThat(book.asks().values())
                              .allMatch(quantity -> isMultiple(quantity, listing.lotSize()));
                        }));
  }

  private static boolean isMultiple(BigDecimal value, BigDecimal step) {
    return value.signum() > 0 && value.remainder(step).signum() == 0;
  }
}
