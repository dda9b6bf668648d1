package dev.papertape.command.engine;

import dev.papertape.command.alpha.AlphaPanel.Opinion;
import dev.papertape.command.alpha.AlphaPanel.Sample;
import dev.papertape.command.alpha.AlphaWeights;
import dev.papertape.command.alpha.Combination;
import dev.papertape.command.alpha.Combination.Voice;
import dev.papertape.command.deploy.ReleasePolicy;
import dev.papertape.command.engine.DeterministicIds.Kind;
import dev.papertape.command.execution.Netting;
import dev.papertape.command.sizing.EwmaVolatility;
import dev.papertape.command.sizing.PositionSizer;
import dev.papertape.command.sizing.PositionSizer.Sized;
import dev.papertape.command.sizing.SizingInputs;
import dev.papertape.contracts.alpha.AlphaEvent.SignalsCombined;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.alpha.FeatureWindow;
import dev.papertape.contracts.execution.Allocation;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.AlphasCrossed;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * From opinions to one order: weighs and combines what the alphas say of a symbol, sizes it, lets
 * opposite wishes cross inside, and places what is left. Owned by the engine's thread; the rules
 * stand in their contexts.
 */
final class Rebalancer {
  /** Of orders that more than one alpha owns. */
  static final String COMBINED = "_combined";

  private final AlphaLedger ledger;
  private final AlphaRecordKeeper records;
  private final RebalanceMarket market;
  private final OrderEntry entry;
  private final FactBatch facts;
  private final DeterministicIds ids;
  private final Consumer<ExecutionEvent> out;
  private final Map<Symbol, Watched> watched = new HashMap<>();
  private ReleasePolicy policy;
  private long rebalances;

  private static final class Watched {
    private final SymbolBook book;
    private final Hearing hearing;
    private final EwmaVolatility volatility = new EwmaVolatility();
    private @Nullable String orderId;

    private Watched(SymbolBook book) {
      this.book = book;
      this.hearing = new Hearing(book);
    }
  }

  /** One rebalance of one symbol, before anything of it has happened. */
  private record Plan(
      Sample sample,
      SortedMap<String, AlphaSpec> specs,
      CommonBook common,
      SizingInputs inputs,
      Sized sized,
      Combination combination,
      Netting netting,
      boolean trades) {
    private BigDecimal mid() {
      return sample.mid();
    }
  }

  /**
   * @param out takes what happens to the account
   */
  Rebalancer(
      AlphaLedger ledger,
      AlphaRecordKeeper records,
      RebalanceMarket market,
      OrderEntry entry,
      FactBatch facts,
      DeterministicIds ids,
      Consumer<ExecutionEvent> out,
      ReleasePolicy policy) {
    this.ledger = ledger;
    this.records = records;
    this.market = market;
    this.entry = entry;
    this.facts = facts;
    this.ids = ids;
    this.out = out;
    this.policy = policy;
  }

  void use(ReleasePolicy active) {
    policy = active;
  }

  /** All alphas' opinions of a symbol, once a feed second. */
  void sampled(Sample sample, List<AlphaSpec> all, long frame) {
    Symbol symbol = sample.symbol();
    Watched state = watched.computeIfAbsent(symbol, each -> new Watched(ledger.book(each)));
    state.volatility.observe(sample.mid(), sample.feedTime());
    SortedMap<String, AlphaSpec> specs = new TreeMap<>();
    all.stream()
        .filter(spec -> spec.trades(symbol))
        .forEach(spec -> specs.put(spec.alphaId(), spec));
    List<Voice> voices = voices(sample, specs, state);
    if (!state.volatility.isKnown() || !mayAct(state, sample.feedTime())) {
      return;
    }
    Plan plan = plan(sample, specs, voices, state);
    if (plan != null) {
      carryOut(plan, state, frame);
    }
  }

  private boolean mayAct(Watched state, Instant feedTime) {
    Instant last = state.book.rebalancedAt();
    boolean coolsDown = last != null && last.plus(policy.sizing().cooldown()).isAfter(feedTime);
    return !coolsDown && (state.orderId == null || !market.isOpen(state.orderId));
  }

  /** Everyone who says something, or who holds something and is not asked any more. */
  private List<Voice> voices(Sample sample, SortedMap<String, AlphaSpec> specs, Watched state) {
    Map<String, Opinion> opinions = new HashMap<>();
    sample.opinions().forEach(opinion -> opinions.put(opinion.spec().alphaId(), opinion));
    Map<String, Double> weighed = new TreeMap<>();
    for (AlphaSpec spec : specs.values()) {
      if (spec.isAsked()) {
        AlphaRecord record = records.of(spec, market::mid, sample.feedTime());
        double factor = spec.tradedWeight() == 0 ? 0 : AlphaWeights.factor(record.recent(), 1, 0);
        weighed.put(spec.alphaId(), spec.tradedWeight() * factor);
      }
    }
    ledger
        .accounts()
        .heldByAlphas(sample.symbol())
        .keySet()
        .forEach(id -> weighed.putIfAbsent(id, 0.0));
    List<Voice> voices = new ArrayList<>();
    AlphaWeights.of(weighed)
        .forEach(
            (alphaId, weight) -> {
              AlphaSpec spec = specs.get(alphaId);
              double value =
                  spec == null
                      ? 0
                      : state.hearing.value(spec, opinions.get(alphaId), sample.feedTime());
              voices.add(new Voice(alphaId, value, weight));
            });
    return voices;
  }

  private @Nullable Plan plan(
      Sample sample, SortedMap<String, AlphaSpec> specs, List<Voice> voices, Watched state) {
    Symbol symbol = sample.symbol();
    CommonBook common = market.common(symbol, sample.feedTime());
    if (common == null) {
      return null;
    }
    SizingInputs inputs =
        market.inputs(
            symbol,
            sample.mid(),
            common,
            state.volatility.annualised(),
            state.book.returns(),
            sample.feedTime());
    Sized sized = PositionSizer.size(inputs, policy.sizing());
    Combination combination =
        Combination.of(voices, sized.unitNotional(), sized.capNotional(), sample.mid());
    SortedMap<String, BigDecimal> held = ledger.accounts().heldByAlphas(symbol);
    SortedMap<String, BigDecimal> wishes = new TreeMap<>();
    boolean leaves = false;
    for (var signal : combination.signals()) {
      BigDecimal has = held.getOrDefault(signal.alphaId(), BigDecimal.ZERO);
      wishes.put(signal.alphaId(), signal.target().subtract(has));
      leaves |= signal.weight() == 0 && market.isWorthAnOrder(symbol, has, sample.mid());
    }
    Netting netting = Netting.of(wishes, market.lot(symbol));
    BigDecimal difference = netting.quantity().abs().multiply(sample.mid());
    boolean isFar = difference.compareTo(policy.sizing().rebalanceNotional()) >= 0;
    boolean isNews =
        voices.stream()
            .anyMatch(each -> state.book.isNews(each.alphaId(), each.value(), each.weight()));
    if (!isFar && !leaves && !isNews) {
      return null;
    }
    boolean trades =
        netting.quantity().signum() != 0
            && (isFar
                || (leaves && market.isWorthAnOrder(symbol, netting.quantity(), sample.mid())));
    return new Plan(sample, specs, common, inputs, sized, combination, netting, trades);
  }

  private void carryOut(Plan plan, Watched state, long frame) {
    Instant feedTime = plan.sample().feedTime();
    String rebalanceId = ids.text(Kind.REBALANCE, rebalances++);
    String orderId = plan.trades() ? entry.nextOrderId() : null;
    SignalsCombined combined =
        new SignalsCombined(
            rebalanceId,
            plan.sample().symbol(),
            plan.mid(),
            plan.combination().combined().doubleValue(),
            plan.sized().unitNotional(),
            plan.sized().capNotional(),
            plan.combination().factor(),
            plan.combination().target(),
            plan.combination().signals(),
            orderId,
            frame,
            feedTime);
    facts.add(combined);
    ledger.apply(combined);
    var sized =
        SizingWords.sized(
            combined,
            plan.trades() ? entry.nextDecisionId() : null,
            plan.inputs(),
            plan.sized(),
            plan.common(),
            market.lot(plan.sample().symbol()),
            policy.sizing());
    facts.add(sized);
    ledger.apply(sized);
    cross(plan, rebalanceId);
    if (plan.trades()) {
      state.orderId = place(plan, frame);
    }
    ShadowTrades.follow(plan.specs(), combined, plan.common(), market, records, policy.sizing());
  }

  private void cross(Plan plan, String rebalanceId) {
    List<AlphasCrossed.Transfer> transfers = new ArrayList<>();
    plan.netting()
        .transfers()
        .forEach(
            (alphaId, quantity) -> transfers.add(new AlphasCrossed.Transfer(alphaId, quantity)));
    if (!transfers.isEmpty()) {
      out.accept(
          new AlphasCrossed(
              rebalanceId,
              plan.sample().symbol(),
              plan.mid(),
              List.copyOf(transfers),
              plan.sample().feedTime()));
    }
  }

  private String place(Plan plan, long frame) {
    List<Allocation> owners = plan.netting().allocations();
    String alphaId = owners.size() == 1 ? owners.getFirst().alphaId() : COMBINED;
    BigDecimal quantity = plan.netting().quantity();
    OrderIntent intent =
        new OrderIntent(
            plan.sample().symbol(),
            quantity.signum() > 0 ? Side.BUY : Side.SELL,
            quantity.abs(),
            null,
            TimeInForce.IOC,
            alphaId,
            null);
    String source = "alpha:" + alphaId;
    return entry.place(
        intent,
        source,
        owners,
        windows(plan),
        Map.of("actor", source),
        frame,
        plan.sample().feedTime());
  }

  /** What those looked at whose signals move something. */
  private static List<FeatureWindow> windows(Plan plan) {
    List<FeatureWindow> windows = new ArrayList<>();
    for (Opinion opinion : plan.sample().opinions()) {
      if (opinion.spec().tradedWeight() > 0) {
        opinion.windows().stream().filter(each -> !windows.contains(each)).forEach(windows::add);
      }
    }
    return List.copyOf(windows);
  }
}
