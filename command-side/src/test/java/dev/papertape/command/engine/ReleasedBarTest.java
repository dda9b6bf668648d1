package dev.papertape.command.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.engine.EngineCommand.UseBar;
import dev.papertape.command.features.OnlineFeatures;
import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.command.market.JudgedCandle;
import dev.papertape.command.market.MarketInput;
import dev.papertape.command.quality.CandleJudge.Outcome;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.Candle;
import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.QualityReason;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
    assertThat(archived).hasSize(1);
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

  private static UseBar release() {
    return new UseBar(
        CANDLE, List.of(QualityReason.SPIKE), "a real one", new CompletableFuture<>());
  }

  private TradingEngine engine() {
    return new TradingEngine(
        EngineRig.settings(1),
        EngineRig.books(),
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
