package dev.papertape.command.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.alpha.Alpha;
import dev.papertape.command.alpha.AlphaCatalogue;
import dev.papertape.command.alpha.AlphaMoment;
import dev.papertape.command.alpha.AlphaProvider;
import dev.papertape.command.alpha.AlphaSettings;
import dev.papertape.command.deploy.ReleasePolicy;
import dev.papertape.command.execution.SubAccounts;
import dev.papertape.command.features.OnlineFeatures;
import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.command.market.PriceLevels;
import dev.papertape.command.sizing.SizingPolicy;
import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaRecorded;
import dev.papertape.contracts.alpha.AlphaEvent.SignalsCombined;
import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.deploy.SizingParameters;
import dev.papertape.contracts.execution.Allocation;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.AlphasCrossed;
import dev.papertape.contracts.execution.ExecutionEvent.OrderAccepted;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioMarked;
import dev.papertape.contracts.sizing.SizingEvent.PositionSized;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Two alphas over one book of 10 at 99 and 10 at 101. For thirty seconds {@code bold} wishes +1 and
 * {@code calm} −0.5, then the other way round.
 */
class RebalancingTest {
  private static final int TURN = 30;
  private static final int END = 75;
  private static final SizingPolicy SMALL =
      SizingPolicy.of(new SizingParameters(new BigDecimal("10000"), new BigDecimal("20"), 5_000));

  private static final class Run {
    private final EngineRig rig = new EngineRig();
    private final EngineSettings settings =
        new EngineSettings(
            1,
            ReleasePolicy.baseline("r1").with(SMALL),
            EngineRig.CASH,
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            alphas());
    private final Recovered begun = Recovered.nothing(settings);
    private final TradingEngine engine =
        new TradingEngine(
            settings,
            EngineRig.books(),
            begun,
            new DeterministicIds(1, 1),
            EngineRig.provenance(),
            OnlineFeatures.unkept(),
            (facts, claim) ->
                new FactReceipt(CompletableFuture.completedFuture(EngineRig.into(rig.log, facts))),
            rig.watch);

    private Run played() {
      rig.opening().forEach(input -> engine.accept(new EngineInput.Frame(input)));
      for (int second = 1; second <= END; second++) {
        rig.at(1_000L * second);
        String wiggle = second % 2 == 0 ? "1" : "0";
        engine.accept(
            new EngineInput.Frame(rig.diff(PriceLevels.NONE, PriceLevels.of("100.98", wiggle))));
      }
      return this;
    }
  }

  @Test
  void opinionsBecomeTargetsCrossingsAndOrdersThatAddUp() {
    Run run = new Run().played();
    List<SignalsCombined> rebalances = run.rig.all(SignalsCombined.class);
    assertThat(rebalances).isNotEmpty();
    for (SignalsCombined each : rebalances) {
      BigDecimal sum = BigDecimal.ZERO;
      double weights = 0;
      for (var signal : each.signals()) {
        sum = sum.add(signal.target());
        weights += signal.weight();
      }
      assertThat(sum).isEqualByComparingTo(each.target());
      assertThat(weights).isLessThanOrEqualTo(1);
    }
    assertThat(run.rig.all(PositionSized.class))
        .extracting(PositionSized::rebalanceId)
        .containsExactlyElementsOf(rebalances.stream().map(SignalsCombined::rebalanceId).toList());

    List<AlphasCrossed> crossings = run.rig.all(AlphasCrossed.class);
    assertThat(crossings).as("they are of opposite minds, and turn").isNotEmpty();
    for (AlphasCrossed each : crossings) {
      assertThat(
              each.transfers().stream()
                  .map(AlphasCrossed.Transfer::quantity)
                  .reduce(BigDecimal.ZERO, BigDecimal::add))
          .isEqualByComparingTo("0");
    }
    List<OrderAccepted> orders = run.rig.all(OrderAccepted.class);
    assertThat(orders).isNotEmpty();
    for (OrderAccepted order : orders) {
      assertThat(
              order.allocations().stream()
                  .map(Allocation::quantity)
                  .reduce(BigDecimal.ZERO, BigDecimal::add))
          .isEqualByComparingTo(order.intent().quantity());
      assertThat(rebalances).extracting(SignalsCombined::orderId).contains(order.orderId());
    }
    assertThat(run.rig.all(PortfolioMarked.class).getLast().marks()).hasSize(1);
    assertThat(run.rig.all(AlphaRecorded.class))
        .extracting(AlphaRecorded::alphaId)
        .contains("bold", "calm", "watched");
    assertThat(run.rig.all(AlphaRecorded.class))
        .filteredOn(record -> record.alphaId().equals("watched"))
        .allSatisfy(record -> assertThat(record.shadow()).isTrue())
        .anySatisfy(record -> assertThat(record.turnover()).isPositive());
  }

  @Test
  void subAccountsAreTheAccountAndTheFoldOfTheLog() {
    Run run = new Run().played();
    SubAccounts live = run.begun.alphas().accounts();
    BigDecimal held =
        live.heldByAlphas(EngineRig.BTC).values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(held).isEqualByComparingTo(run.begun.portfolio().quantity(EngineRig.BTC));
    assertThat(live.states()).isNotEmpty();

    SubAccounts folded = new SubAccounts();
    for (DomainEvent event : run.rig.all(DomainEvent.class)) {
      switch (event) {
        case ExecutionEvent execution -> folded.apply(execution);
        case PositionSized sized -> folded.apply(sized);
        default -> {}
      }
    }
    assertThat(folded.states()).isEqualTo(live.states());
    BigDecimal paid =
        run.rig.all(OrderFilled.class).stream()
            .map(OrderFilled::fee)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(paid).isPositive();
  }

  @Test
  void theSameInputsGiveTheSameDecisions() {
    assertThat(text(new Run().played())).isEqualTo(text(new Run().played()));
  }

  private static List<String> text(Run run) {
    return run.rig.all(DomainEvent.class).stream()
        .map(
            event ->
                new String(MemoryLog.json().write(event), java.nio.charset.StandardCharsets.UTF_8))
        .toList();
  }

  private static AlphaSettings alphas() {
    return new AlphaSettings(
        List.of(
            spec("bold", AlphaStage.ACTIVE),
            spec("calm", AlphaStage.ACTIVE),
            spec("watched", AlphaStage.SHADOW)),
        new AlphaCatalogue(
            List.of(
                new Scripted("bold", 1, -1),
                new Scripted("calm", -0.5, 1),
                new Scripted("watched", 1, 0)),
            Duration.ofMinutes(1)),
        AlphaSettings.EVERY_SECOND);
  }

  private static AlphaSpec spec(String alphaId, AlphaStage stage) {
    return new AlphaSpec(
        alphaId,
        alphaId,
        AlphaKind.PROVIDED,
        new TreeMap<>(),
        List.of(),
        List.of(),
        1,
        stage,
        false,
        null,
        null);
  }

  /** Says one thing in its first half minute, and another after it. */
  private record Scripted(String alphaId, double first, double then) implements AlphaProvider {
    @Override
    public String name() {
      return alphaId;
    }

    @Override
    public Alpha create(SortedMap<String, Double> params) {
      return new Alpha() {
        private int asked;

        @Override
        public String id() {
          return alphaId;
        }

        @Override
        public AlphaKind kind() {
          return AlphaKind.PROVIDED;
        }

        @Override
        public int lookBack() {
          return 1;
        }

        @Override
        public List<String> features() {
          return List.of();
        }

        @Override
        public @Nullable Double signal(AlphaMoment now) {
          return asked++ < TURN ? first : then;
        }
      };
    }
  }
}
