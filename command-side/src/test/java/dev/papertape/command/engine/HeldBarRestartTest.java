package dev.papertape.command.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.features.OnlineFeatures;
import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.CandleMemory;
import dev.papertape.command.market.SnapshotRequests;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.CandlesFetched;
import dev.papertape.command.market.VenueInput.InstrumentsListed;
import dev.papertape.command.market.VenueInput.SocketOpened;
import dev.papertape.command.market.VenueProfile;
import dev.papertape.command.market.book.MarketLimits;
import dev.papertape.command.market.book.VenueBooks;
import dev.papertape.command.market.candle.CandleSettings;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.IntegrityScheme;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.market.VenueLatency;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.DiscardedBy;
import dev.papertape.contracts.quality.QualityEvent.QuarantineDiscarded;
import dev.papertape.contracts.quality.QualityEvent.QuarantineEvent;
import dev.papertape.contracts.quality.QualityEvent.QuarantineReleased;
import dev.papertape.contracts.quality.QualityEvent.RecordQuarantined;
import dev.papertape.contracts.quality.ReleasedBy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * A bar at noon jumps from 100 to 110 and is held; then the engine's life ends, and the next one
 * asks for it again.
 */
class HeldBarRestartTest {
  private static final Venue VENUE = new Venue("BINANCE");
  private static final Symbol BTC = new Symbol("BTC-USDT");
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  private final MemoryLog log = new MemoryLog();

  /** One life. */
  private final class Life {
    final List<Instant> asked = new ArrayList<>();
    final VenueBooks books =
        new VenueBooks(
            List.of(
                new VenueProfile(
                    VENUE,
                    VenueKind.LIVE,
                    List.of("wss://v"),
                    new VenueFees(1, 2),
                    new VenueLatency(1, 2, 3),
                    List.of("L2"),
                    IntegrityScheme.SEQUENCE)),
            MarketLimits.defaults(),
            SnapshotRequests.NONE,
            new Random(1),
            CandleSettings.fetching(
                (_, _, from, _) -> asked.add(from), Duration.ofMinutes(calm().size())));
    final TradingEngine engine;
    private Instant now;
    private long ordinal;

    Life(long epoch, Instant begin, CandleMemory memory) {
      now = begin;
      engine =
          new TradingEngine(
              EngineRig.settings(1),
              books,
              Recovered.nothing(EngineRig.settings(1)),
              new DeterministicIds(1, epoch),
              EngineRig.provenance(),
              OnlineFeatures.unkept(),
              (facts, _) ->
                  new FactReceipt(CompletableFuture.completedFuture(EngineRig.into(log, facts))),
              new OrderWatch());
      engine.recall(
          new CandleRecovery(log, MemoryLog::decode)
              .recover(Map.of(VENUE, Map.of(BTC, memory)), books));
      BigDecimal step = new BigDecimal("0.01");
      frame(
          new InstrumentsListed(
              arrival(), List.of(new InstrumentRules(BTC, "BTCUSDT", step, step, BigDecimal.ONE))));
      frame(new SocketOpened(arrival(), "wss://v"));
      second();
    }

    void second() {
      now = now.plusSeconds(1);
      engine.accept(new EngineInput.TimeAdvance(now));
    }

    void answer(Instant from, List<Bar> bars) {
      frame(
          new CandlesFetched(
              arrival(), BTC, from, from.plusSeconds(60L * bars.size()), bars, List.of()));
    }

    void frame(VenueInput input) {
      engine.accept(new EngineInput.Frame(input));
    }

    private Arrival arrival() {
      return new Arrival(VENUE, now, 0, ordinal++);
    }
  }

  private static List<Bar> calm() {
    List<Bar> bars = new ArrayList<>();
    for (int minute = -40; minute < 0; minute++) {
      bars.add(minute % 2 == 0 ? bar(minute, "100.1", "100") : bar(minute, "100", "100.1"));
    }
    return bars;
  }

  private static Bar bar(int minute, String open, String close) {
    BigDecimal from = new BigDecimal(open);
    BigDecimal to = new BigDecimal(close);
    return new Bar(
        NOON.plusSeconds(60L * minute),
        from,
        from.max(to),
        from.min(to),
        to,
        new BigDecimal("1." + (1001 + minute)),
        null,
        null);
  }

  private static final Bar JUMP = bar(0, "100.1", "110");

  /** The life that ended in the middle of it; what it left in the store. */
  private CandleMemory held() {
    Life life = new Life(1, NOON.plusSeconds(90), CandleMemory.NONE);
    life.answer(life.asked.getFirst(), calm());
    life.answer(NOON, List.of(JUMP));
    assertThat(open()).hasSize(1);
    return new CandleMemory(NOON.plusSeconds(60), calm(), JUMP);
  }

  /** Ids of the records of noon's bar that are open; fails where two ever were. */
  private Set<String> open() {
    Set<String> open = new HashSet<>();
    for (QuarantineEvent event : log.all(QuarantineEvent.class)) {
      assertThat(event.channel()).isEqualTo(Channel.OHLCV);
      if (event instanceof RecordQuarantined) {
        open.add(event.quarantineId());
      } else {
        open.remove(event.quarantineId());
      }
      assertThat(open).as("never two").hasSizeLessThan(2);
    }
    return open;
  }

  @Test
  void Bug_4_aBarThatIsHeldAgainHasOneOpenRecord() {
    CandleMemory memory = held();
    String first = open().iterator().next();

    Life next = new Life(2, NOON.plusSeconds(200), memory);
    assertThat(next.asked).containsExactly(NOON);
    next.answer(NOON, List.of(JUMP));
    assertThat(open()).hasSize(1).doesNotContain(first);
    next.answer(NOON.plusSeconds(60), List.of(bar(1, "110", "110.1")));

    assertThat(open()).isEmpty();
    QuarantineDiscarded ended = log.all(QuarantineDiscarded.class).getFirst();
    assertThat(ended.quarantineId()).isEqualTo(first);
    assertThat(ended.by()).isEqualTo(DiscardedBy.GUARD);
    assertThat(ended.reason()).contains("the engine ended", "held again as q-");
    assertThat(log.all(QuarantineReleased.class)).hasSize(1);
  }

  @Test
  void Bug_4_aRecordOfABarThatPassesAnewIsReleased() {
    CandleMemory memory = held();
    // Nothing is known of before, so nothing is a jump.
    Life next =
        new Life(2, NOON.plusSeconds(200), new CandleMemory(memory.coveredTo(), List.of(), JUMP));
    next.answer(NOON, List.of(JUMP));

    assertThat(open()).isEmpty();
    assertThat(log.all(QuarantineReleased.class).getFirst().by()).isEqualTo(ReleasedBy.GUARD);
  }

  @Test
  void Bug_4_aRecordWhoseBarTheVenueHasChangedIsDiscarded() {
    CandleMemory memory = held();
    Life next = new Life(2, NOON.plusSeconds(200), memory);
    next.answer(NOON, List.of(bar(0, "100.1", "100.2")));

    assertThat(open()).isEmpty();
    assertThat(log.all(QuarantineDiscarded.class).getFirst().reason())
        .contains("another bar in its place");
  }

  @Test
  void Bug_4_aBarThatAnOperatorDiscardedIsNotJudgedAnew() {
    CandleMemory memory = held();
    String id = open().iterator().next();
    log.append(
        "quarantine:" + id,
        "quarantine",
        UUID.randomUUID(),
        new QuarantineDiscarded(
            id, VENUE, BTC, Channel.OHLCV, 1, DiscardedBy.OPERATOR, "a bad print"),
        Map.of());

    Life next = new Life(2, NOON.plusSeconds(200), memory);
    assertThat(next.asked).containsExactly(NOON.plusSeconds(60));
    next.answer(NOON.plusSeconds(60), List.of(bar(1, "100.1", "100.2")));

    assertThat(open()).isEmpty();
    assertThat(log.all(RecordQuarantined.class)).hasSize(1);
  }

  /** The venue has forgotten it: it stays open for an operator. */
  @Test
  void aBarThatIsNotJudgedAgainStaysOpen() {
    CandleMemory memory = held();
    Set<String> before = open();
    Life next = new Life(2, NOON.plusSeconds(200), memory);
    next.answer(NOON.plusSeconds(60), List.of(bar(1, "100.1", "100.2")));
    assertThat(open()).isEqualTo(before);
  }
}
