package dev.papertape.command.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.engine.EngineCommand.DropBar;
import dev.papertape.command.engine.EngineCommand.UseBar;
import dev.papertape.command.features.OnlineFeatures;
import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.JudgedCandle;
import dev.papertape.command.market.MarketInput;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.quality.CandleJudge.Outcome;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.Candle;
import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.contracts.market.CandleOrigin;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.contracts.quality.StreamState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A bar that an operator called good is given to all that use candles. */
class ReleasedBarTest {
  private static final Candle CANDLE =
      new Candle(
          EngineRig.VENUE,
          EngineRig.BTC,
          CandleInterval.ONE_MINUTE,
          new Bar(
              EngineRig.START.minusSeconds(60),
              new BigDecimal("100"),
              new BigDecimal("130"),
              new BigDecimal("99"),
              new BigDecimal("101"),
              new BigDecimal("7"),
              null,
              null));

  private final List<JudgedCandle> archived = new ArrayList<>();
  private final List<JudgedCandle> verdicts = new ArrayList<>();
  private final EngineRig rig = new EngineRig();

  @Test
  void isArchivedAsReleasedAtFeedTime() {
    TradingEngine engine = engine();
    for (MarketInput input : rig.opening()) {
      engine.accept(new EngineInput.Frame(input));
    }
    UseBar bar = release();

    engine.accept(new EngineInput.Mail(bar));

    assertThat(bar.used()).isCompleted();
    assertThat(archived)
        .as("where other figures took its place, it is observed anew")
        .extracting(JudgedCandle::outcome)
        .containsExactly(Outcome.RELEASED, Outcome.FLAGGED);
    JudgedCandle judged = archived.getFirst();
    assertThat(judged.candle()).isEqualTo(CANDLE);
    assertThat(judged.outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(judged.reasons()).containsExactly(QualityReason.SPIKE);
    assertThat(judged.receivedAt()).isEqualTo(EngineRig.START);
  }

  @Test
  void isRefusedBeforeThereIsAnyMarket() {
    UseBar bar = release();
    engine().accept(new EngineInput.Mail(bar));
    assertThat(bar.used()).isCompletedExceptionally();
    assertThat(archived).isEmpty();
  }

  /** The next bar says the opposite of the operator. */
  @Test
  void Bug_4_theGuardsLaterVerdictDoesNotUndoIt() {
    TradingEngine engine = engine();
    for (MarketInput input : rig.opening()) {
      engine.accept(new EngineInput.Frame(input));
    }
    engine.accept(new EngineInput.Mail(release()));
    archived.clear();

    verdicts.add(verdict(Outcome.CONDEMNED, "101.0"));
    engine.accept(new EngineInput.TimeAdvance(EngineRig.START.plusSeconds(1)));

    assertThat(verdicts).isEmpty();
    assertThat(archived).isEmpty();
  }

  @Test
  void Bug_4_aDiscardedBarIsNotUsedWhateverTheGuardsFindLater() {
    TradingEngine engine = engine();
    for (MarketInput input : rig.opening()) {
      engine.accept(new EngineInput.Frame(input));
    }
    DropBar drop = new DropBar("q-1", CANDLE, new CompletableFuture<>());
    engine.accept(new EngineInput.Mail(drop));
    assertThat(drop.dropped()).isCompleted();

    verdicts.add(verdict(Outcome.RELEASED, "101"));
    verdicts.add(verdict(Outcome.RELEASED, "102"));
    engine.accept(new EngineInput.TimeAdvance(EngineRig.START.plusSeconds(1)));

    assertThat(archived)
        .as("other figures are another bar")
        .extracting(each -> each.candle().bar().close())
        .containsExactly(new BigDecimal("102"));
  }

  private static JudgedCandle verdict(Outcome outcome, String close) {
    Bar bar = CANDLE.bar();
    return new JudgedCandle(
        new Candle(
            CANDLE.venue(),
            CANDLE.symbol(),
            CANDLE.interval(),
            new Bar(
                bar.openTime(),
                bar.open(),
                bar.high(),
                bar.low(),
                new BigDecimal(close),
                bar.volume(),
                new BigDecimal("100.5"),
                12L)),
        CandleOrigin.STREAM,
        outcome,
        List.of(QualityReason.SPIKE),
        "the next bar opens at 100",
        EngineRig.START);
  }

  /** The rig's books, and verdicts at the next tick. */
  private final class Market implements MarketState {
    private final MarketState books = EngineRig.books();

    @Override
    public void apply(MarketInput input, Listener listener) {
      books.apply(input, listener);
    }

    @Override
    public void tick(Instant feedTime, Listener listener) {
      books.tick(feedTime, listener);
      verdicts.forEach(listener::candleJudged);
      verdicts.clear();
    }

    @Override
    public @Nullable BookView book(Venue venue, Symbol symbol) {
      return books.book(venue, symbol);
    }

    @Override
    public StreamState streamState(Venue venue, Symbol symbol, Channel channel, Instant feedTime) {
      return books.streamState(venue, symbol, channel, feedTime);
    }

    @Override
    public List<BookView> books(Symbol symbol) {
      return books.books(symbol);
    }

    @Override
    public Collection<Symbol> symbols() {
      return books.symbols();
    }
  }

  private static UseBar release() {
    return new UseBar(
        "q-1", CANDLE, List.of(QualityReason.SPIKE), "a real one", new CompletableFuture<>());
  }

  private TradingEngine engine() {
    return new TradingEngine(
        EngineRig.settings(1),
        new Market(),
        rig.recovered,
        new DeterministicIds(1, 1),
        EngineRig.provenance(),
        OnlineFeatures.unkept(),
        (facts, claim) ->
            new FactReceipt(
                CompletableFuture.completedFuture(EngineRig.into(new MemoryLog(), facts))),
        rig.watch,
        new CandleArchive.Writing() {
          @Override
          public void judged(JudgedCandle candle) {
            archived.add(candle);
          }

          @Override
          public void covered(Venue venue, Symbol symbol, Instant from, Instant to) {}

          @Override
          public void release() {}

          @Override
          public void close() {}
        });
  }
}
