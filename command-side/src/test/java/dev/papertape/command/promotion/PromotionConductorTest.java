package dev.papertape.command.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.engine.FactSink.EngineFact;
import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaRecorded;
import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.features.FeatureEvent.ParityChecked;
import dev.papertape.contracts.features.FeatureParity;
import dev.papertape.contracts.features.ParityVerdict;
import dev.papertape.contracts.guards.GuardName;
import dev.papertape.contracts.guards.GuardsEvent.GuardCleared;
import dev.papertape.contracts.guards.GuardsEvent.GuardSeen;
import dev.papertape.contracts.guards.GuardsEvent.GuardTripped;
import dev.papertape.contracts.guards.GuardsEvent.GuardsObserved;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.promotion.GateInputs;
import dev.papertape.contracts.promotion.PromotionCommand.EvaluateGates;
import dev.papertape.contracts.promotion.PromotionEvent;
import dev.papertape.contracts.promotion.PromotionEvent.GateEvaluated;
import dev.papertape.contracts.promotion.PromotionPolicy;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.QualityEvent.QualityObserved;
import dev.papertape.contracts.quality.StreamCounts;
import dev.papertape.contracts.quality.StreamState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PromotionConductorTest {
  private static final Venue ALTO = new Venue("ALTO");
  private static final Symbol BTC = new Symbol("BTC-USDT");
  private static final Symbol ETH = new Symbol("ETH-USDT");

  private final MemoryLog log = new MemoryLog();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final BlockingQueue<EvaluateGates> sent = new LinkedBlockingQueue<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final PromotionConductor conductor =
      new PromotionConductor(
          log,
          MemoryLog::decode,
          PromotionPolicy.DEMO,
          alphaId -> new Trials(12, 0.001),
          this::evaluate,
          new PromotionMetrics(registry),
          Duration.ofMillis(5));

  @AfterEach
  void end() {
    conductor.ended();
  }

  @Test
  void measuresEachAlphaAtOnceAndThenEachFeedMinute() throws InterruptedException {
    parity(new FeatureParity("rsi", 1, 40, 40, 0, 0, 0, 0, 0, 0.0, 0.0, null));
    conductor.alphas(List.of(alpha("a", AlphaStage.SHADOW, BTC), alpha("b", AlphaStage.ACTIVE)));
    conductor.began(Set.of(ALTO));
    fact(quality(30));
    GateInputs first = next("a").inputs();
    assertThat(next("b").inputs().qualityReceived()).as("every book").isEqualTo(300);
    assertThat(first.qualityReceived()).as("of its symbol").isEqualTo(100);
    assertThat(first.qualityVerified()).isEqualTo(99);
    assertThat(first.traded()).isNull();
    assertThat(first.parityCompared()).isEqualTo(40);
    assertThat(first.parityDiverged()).isZero();
    assertThat(first.trials()).isEqualTo(12);
    assertThat(first.sharpeVariance()).isEqualTo(0.001);

    fact(recorded("a", Alphas.at(1)));
    EvaluateGates second = next("a");
    assertThat(second.inputs().feedTime()).isEqualTo(Alphas.at(1));
    assertThat(second.inputs().traded().trades()).isEqualTo(7);
    assertThat(second.inputs().position()).isGreaterThan(first.position());
    assertThat(second.registered()).isEqualTo(AlphaStage.SHADOW);
  }

  @Test
  void anAlphaWithoutRecordsIsMeasuredAllTheSame() throws InterruptedException {
    conductor.alphas(List.of(alpha("a", AlphaStage.INCUBATING)));
    conductor.began(Set.of(ALTO));
    fact(quality(0));
    next("a");
    fact(quality(125));
    assertThat(next("a").inputs().feedTime()).isEqualTo(Alphas.START.plusSeconds(125));
  }

  @Test
  void whatCouldNotBeDecidedIsTriedAgain() throws InterruptedException {
    failures.set(2);
    conductor.alphas(List.of(alpha("a", AlphaStage.SHADOW)));
    conductor.began(Set.of(ALTO));
    fact(quality(0));
    assertThat(next("a")).isEqualTo(next("a"));
    next("a");
    assertThat(log.all(GateEvaluated.class)).hasSize(1);
  }

  @Test
  void theNextLifeGoesOnFromTheLogAndRepeatsNothing() throws InterruptedException {
    conductor.alphas(List.of(alpha("a", AlphaStage.SHADOW)));
    conductor.began(Set.of(ALTO));
    fact(recorded("a", Alphas.at(1)));
    next("a");
    conductor.ended();
    conductor.began(Set.of(ALTO));
    fact(quality(61));
    EvaluateGates again = next("a");
    assertThat(again.inputs().traded()).as("recalled").isNotNull();
    List<GateEvaluated> written = log.all(GateEvaluated.class);
    assertThat(written.stream().map(each -> each.inputs().position()).distinct())
        .hasSameSizeAs(written);
  }

  @Test
  void guardsOfTheAccountAndOfItsSymbolsConcernAnAlpha() {
    EngineFacts facts = new EngineFacts();
    AlphaSpec ofBtc = alpha("a", AlphaStage.SHADOW, BTC);
    assertThat(facts.guards(ofBtc).watched()).as("nobody told yet").isZero();
    facts.guards(
        List.of(
            seen(GuardName.LOSS_STREAK, "ACCOUNT", Alphas.START),
            seen(GuardName.MAX_DRAWDOWN, "ACCOUNT", null)));
    facts.take(tripped(GuardName.STALE_DATA, "SYMBOL:BTC-USDT"), 5);
    facts.take(tripped(GuardName.STALE_DATA, "SYMBOL:ETH-USDT"), 6);
    facts.take(tripped(GuardName.CLOCK_SKEW, "VENUE:ALTO"), 7);
    assertThat(facts.guards(ofBtc))
        .isEqualTo(
            new EngineFacts.Guards(
                GuardName.standing().size(),
                List.of("LOSS_STREAK ACCOUNT", "STALE_DATA SYMBOL:BTC-USDT")));
    facts.take(
        new GuardCleared(
            GuardName.STALE_DATA,
            "SYMBOL:BTC-USDT",
            BigDecimal.ONE,
            BigDecimal.ONE,
            "fresh",
            new TreeMap<>(),
            Alphas.START),
        8);
    assertThat(facts.guards(ofBtc).tripped()).containsExactly("LOSS_STREAK ACCOUNT");
    assertThat(facts.guards(alpha("b", AlphaStage.SHADOW)).tripped())
        .as("all symbols are its own")
        .containsExactly("LOSS_STREAK ACCOUNT", "STALE_DATA SYMBOL:ETH-USDT");
    facts.take(new GuardsObserved(List.of(), List.of(), 0, null, Alphas.START), 9);
    assertThat(facts.guards(ofBtc).tripped()).isEmpty();
  }

  private static GuardSeen seen(GuardName guard, String scope, @Nullable Instant since) {
    return new GuardSeen(guard, scope, null, BigDecimal.ONE, since, since == null ? null : "later");
  }

  private static GuardTripped tripped(GuardName guard, String scope) {
    return new GuardTripped(
        guard,
        scope,
        BigDecimal.ONE,
        BigDecimal.ONE,
        "why",
        "later",
        new TreeMap<>(),
        Alphas.START);
  }

  @Test
  void stagesAreMeters() {
    conductor.alphas(List.of(alpha("a", AlphaStage.CANARY)));
    assertThat(registry.get("alpha.stage").tags("alpha", "a", "stage", "CANARY").gauge().value())
        .isOne();
    assertThat(registry.get("alpha.stage").tags("alpha", "a", "stage", "ACTIVE").gauge().value())
        .isZero();
    conductor.alphas(List.of(alpha("a", AlphaStage.ACTIVE)));
    assertThat(registry.get("alpha.stage").tags("alpha", "a", "stage", "ACTIVE").gauge().value())
        .isOne();
  }

  private void evaluate(EvaluateGates command) {
    if (failures.getAndDecrement() > 0) {
      sent.add(command);
      throw new IllegalStateException("the database is away");
    }
    Promotion before = Promotion.NONE;
    for (PromotionEvent event : log.all(PromotionEvent.class)) {
      before =
          event.alphaId().equals(command.alphaId()) ? PromotionRules.after(before, event) : before;
    }
    PromotionRules.decide(before, command)
        .forEach(event -> append("promotion:" + event.alphaId(), event));
    sent.add(command);
  }

  private EvaluateGates next(String alphaId) throws InterruptedException {
    while (true) {
      EvaluateGates command = sent.poll(30, TimeUnit.SECONDS);
      assertThat(command).as("nothing was sent of " + alphaId).isNotNull();
      if (command.alphaId().equals(alphaId)) {
        return command;
      }
    }
  }

  private void fact(DomainEvent event) {
    String stream =
        event instanceof AlphaRecorded recorded ? "alpha-record:" + recorded.alphaId() : "quality";
    conductor.durable(
        List.of(new EngineFact(stream, "facts", UUID.randomUUID(), event, Map.of())),
        append(stream, event));
  }

  private dev.papertape.eventstore.append.Appended append(String stream, DomainEvent event) {
    return log.append(stream, "facts", UUID.randomUUID(), event, Map.of());
  }

  private void parity(FeatureParity feature) {
    append(
        "feature-parity",
        new ParityChecked("run", "SCHEDULE", ParityVerdict.MATCH, null, List.of(feature)));
  }

  private static QualityObserved quality(long second) {
    return new QualityObserved(
        ALTO,
        1,
        List.of(
            counts(BTC, Channel.L2, 100),
            counts(ETH, Channel.L2, 200),
            counts(BTC, Channel.TRADES, 7)),
        Alphas.START.plusSeconds(second));
  }

  private static StreamCounts counts(Symbol symbol, Channel channel, long received) {
    return new StreamCounts(
        symbol,
        channel,
        received,
        received,
        0,
        0,
        0,
        Map.of(),
        0,
        0,
        received - 1,
        null,
        StreamState.OK);
  }

  private static AlphaRecorded recorded(String alphaId, Instant feedTime) {
    return new AlphaRecorded(
        alphaId,
        true,
        BigDecimal.ONE,
        BigDecimal.ONE,
        BigDecimal.TEN,
        7,
        4,
        new BigDecimal("1000"),
        1,
        0,
        0,
        0,
        0,
        0,
        null,
        null,
        Alphas.START,
        feedTime);
  }

  private static AlphaSpec alpha(String id, AlphaStage stage, Symbol... symbols) {
    return new AlphaSpec(
        id,
        id,
        AlphaKind.MOMENTUM,
        new TreeMap<>(),
        List.of(symbols),
        List.of(),
        1,
        stage,
        false,
        null,
        null);
  }
}
