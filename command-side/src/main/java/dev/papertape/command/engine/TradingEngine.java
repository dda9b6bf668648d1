package dev.papertape.command.engine;

import dev.papertape.command.alpha.AlphaPanel;
import dev.papertape.command.alpha.ReleaseTuning;
import dev.papertape.command.audit.ProvenanceHashes;
import dev.papertape.command.chaos.ActiveExperiments;
import dev.papertape.command.deploy.Releases;
import dev.papertape.command.engine.DeterministicIds.Kind;
import dev.papertape.command.engine.EngineCommand.ApplyAlphas;
import dev.papertape.command.engine.EngineCommand.ApplyGuardLimits;
import dev.papertape.command.engine.EngineCommand.ApplyPopulations;
import dev.papertape.command.engine.EngineCommand.ApplyReleases;
import dev.papertape.command.engine.EngineCommand.ApplyTradingState;
import dev.papertape.command.engine.EngineCommand.CancelOrder;
import dev.papertape.command.engine.EngineCommand.CloseVenues;
import dev.papertape.command.engine.EngineCommand.DropBar;
import dev.papertape.command.engine.EngineCommand.MarkExperiments;
import dev.papertape.command.engine.EngineCommand.PlaceOrder;
import dev.papertape.command.engine.EngineCommand.ReadBook;
import dev.papertape.command.engine.EngineCommand.ReadSignals;
import dev.papertape.command.engine.EngineCommand.ReadStatus;
import dev.papertape.command.engine.EngineCommand.ReceiveSignal;
import dev.papertape.command.engine.EngineCommand.ResetPortfolio;
import dev.papertape.command.engine.EngineCommand.UseBar;
import dev.papertape.command.execution.ExecutionDesk;
import dev.papertape.command.execution.Portfolio;
import dev.papertape.command.features.OnlineFeatures;
import dev.papertape.command.guards.GuardWatch;
import dev.papertape.command.guards.VenueDoors;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.JudgedCandle;
import dev.papertape.command.market.MarketInput;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.command.population.ShadowCosts;
import dev.papertape.command.population.ShadowPopulations;
import dev.papertape.command.quality.HeldBars;
import dev.papertape.command.quality.QualityNote;
import dev.papertape.command.quality.QuarantineDesk;
import dev.papertape.command.regime.RegimeWatch;
import dev.papertape.command.router.CommonMid;
import dev.papertape.contracts.alpha.AlphaEvent.SignalReceived;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.OrderEvent;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioReset;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.regime.RegimeEvent.RegimeChanged;
import dev.papertape.eventstore.append.AppendFailure;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The deterministic engine: consumes inputs one at a time, keeps feed time, lets books, legs and
 * alphas act in a fixed order, and hands what came of it to the sink. No thread, no clock, no I/O
 * of its own: the same inputs give the same facts.
 *
 * <p>Order within one input: ticks that are due (legs on their way, market silence, alphas, marks);
 * legs due before the input; the input itself.
 */
public final class TradingEngine {
  private final EngineSettings settings;
  private final MarketState market;
  private final Portfolio portfolio;
  private final ExecutionDesk desk;
  private final VenueWatch venues;
  private final FactBatch facts;
  private final QuarantineDesk quarantine;
  private final OrderEntry entry;
  private final AccountKeeper account;
  private final VenueDoors doors = new VenueDoors();
  private final GuardWatch guards;
  private final RolloutSamples samples;
  private final DemoPace demo;
  private final KeyedChanges changes;
  private final BarRulings bars;
  private final OnlineFeatures features;
  private final RegimeWatch regimes = new RegimeWatch();
  private final AlphaPanel panel;
  private final SignalDesk signals;
  private final AlphaLedger ledger;
  private final AlphaRecordKeeper records;
  private final Rebalancer rebalancer;
  private final Recovered recovered;
  private final FeedTimeline timeline = new FeedTimeline(this::tick);
  private final MarketState.Listener marketListener = new MarketListener();
  private final ShadowPopulations populations;
  private Releases releases;
  private List<AlphaSpec> alphas;
  private final ActiveExperiments experiments = new ActiveExperiments();
  private long frames;

  TradingEngine(
      EngineSettings settings,
      MarketState market,
      Recovered recovered,
      DeterministicIds ids,
      ProvenanceHashes provenance,
      OnlineFeatures features,
      FactSink sink,
      OrderWatch watch) {
    this(
        settings,
        market,
        recovered,
        ids,
        provenance,
        features,
        sink,
        watch,
        CandleArchive.Writing.NONE);
  }

  TradingEngine(
      EngineSettings settings,
      MarketState market,
      Recovered recovered,
      DeterministicIds ids,
      ProvenanceHashes provenance,
      OnlineFeatures features,
      FactSink sink,
      OrderWatch watch,
      CandleArchive.Writing candles) {
    this.settings = settings;
    this.market = market;
    this.portfolio = recovered.portfolio();
    this.recovered = recovered;
    this.features = features;
    this.ledger = recovered.alphas();
    this.records = new AlphaRecordKeeper(ledger, settings.initialCash());
    this.releases = recovered.releases();
    this.venues = new VenueWatch(settings, releases.active().router(), market, doors);
    this.guards =
        new GuardWatch(
            market,
            venues::mid,
            doors,
            settings.scoreEvery().multipliedBy(2),
            recovered.guards(),
            releases.active().limits(),
            releases.active().router().maxAgeMs());
    this.desk = new ExecutionDesk(portfolio, market::books, venues::legEnded);
    this.facts = new FactBatch(sink, ids, releases.active().release(), experiments::tag);
    this.alphas = settings.alphas().configured();
    this.panel =
        new AlphaPanel(settings.alphas().interval(), settings.alphas().catalogue(), facts::add);
    tunePanel();
    this.signals = new SignalDesk(panel, market, facts);
    this.samples = new RolloutSamples(ids.epoch(), releases, recovered.observed());
    this.quarantine =
        new QuarantineDesk(n -> ids.text(Kind.QUARANTINE, n), ids.epoch(), facts::add);
    this.account = new AccountKeeper(settings, portfolio, ledger, desk);
    this.entry =
        new OrderEntry(
            new OrderEvaluation(market, portfolio, venues, regimes::regimeOf, guards),
            desk,
            provenance,
            ids,
            facts,
            samples,
            releases,
            guards);
    this.populations = new ShadowPopulations(settings.alphas().interval(), ids.epoch());
    this.demo =
        new DemoPace(new DemoFlow(settings.seed(), ids.epoch()), market, venues, entry, samples);
    this.changes =
        new KeyedChanges(entry, desk, facts, watch, settings.initialCash(), this::renewed);
    this.bars = new BarRulings(quarantine, candles, features, regimes);
    this.rebalancer =
        new Rebalancer(
            ledger,
            records,
            new RebalanceMarket(market, venues, portfolio, desk, () -> releases.active()),
            entry,
            facts,
            ids,
            this::execution,
            releases.active());
  }

  /** Consumes one input; what it brought about has been handed over when this returns. */
  void accept(EngineInput input) {
    switch (input) {
      case EngineInput.Frame(MarketInput frame) -> {
        advance(frame.receivedAt());
        frames++;
        market.apply(frame, marketListener);
        facts.flush(null);
      }
      case EngineInput.TimeAdvance(Instant now) -> {
        if (timeline.now() != null) {
          advance(now);
          facts.flush(null);
        }
      }
      case EngineInput.Mail(EngineCommand command) -> consume(command);
    }
  }

  /** Bars that were held when an earlier life ended; before the first input. */
  void recall(HeldBars held) {
    quarantine.recall(held.open());
  }

  /** Regimes that were told last in an earlier life; before the first input. */
  void recall(List<RegimeChanged> lastTold) {
    regimes.recall(features, lastTold);
  }

  /** The newest signal of an alpha for a symbol that an earlier life received. */
  void recall(SignalReceived signal) {
    panel.take(signal);
  }

  /** Market frames merged so far. */
  long frames() {
    return frames;
  }

  /** Hands over a last checkpoint; null before the first input. */
  @Nullable FactReceipt checkpoint() {
    Instant now = timeline.now();
    if (now == null) {
      return null;
    }
    market.observe(now, marketListener);
    quarantine.nameAll(now);
    facts.add(guards.observe(now));
    account.checkpoint(frames, now, this::execution);
    return facts.flush(null);
  }

  private void advance(Instant to) {
    boolean first = timeline.now() == null;
    timeline.advance(to);
    if (first) {
      begin(timeline.current());
    }
    desk.beforeInputAt(timeline.current(), this::execution);
  }

  /** The first input of this life: what an earlier one left open is over. */
  private void begin(Instant feedTime) {
    if (recovered.isNewAccount()) {
      execution(
          new PortfolioReset(
              Portfolio.CURRENCY, settings.initialCash(), "new account", frames, feedTime));
    }
    recovered.origins().forEach(facts::recall);
    desk.expireLeftOpen(recovered.openOrders(), feedTime, this::execution);
  }

  private void tick(Instant feedTime) {
    // First: a value is made of what was known before the tick at which it becomes available.
    features.tick(feedTime, frames);
    desk.atTick(feedTime, this::execution);
    market.tick(feedTime, marketListener);
    quarantine.tick(feedTime);
    venues.tick(feedTime, facts::add);
    for (Symbol symbol : market.symbols()) {
      BigDecimal mid = venues.mid(symbol);
      sampleFeatures(symbol, mid, feedTime);
      regimes.tick(symbol, mid, () -> takingPart(symbol, feedTime), feedTime, facts::add);
      rebalance(symbol, mid, feedTime);
      train(symbol, mid, feedTime);
    }
    populations.observe(feedTime, facts::add);
    demo.tick(releases.trial(), frames, feedTime);
    desk.review(feedTime, venues::mid, this::execution);
    records.tick(panel.specs(), venues::mid, feedTime, facts::add);
    account.tick(frames, feedTime, market.symbols(), venues::mid, this::execution);
    guards.tick(feedTime, facts::add);
    samples.observe(feedTime, facts::add);
    facts.flush(null);
  }

  private void sampleFeatures(Symbol symbol, @Nullable BigDecimal mid, Instant feedTime) {
    if (mid != null && features.isSampleDue(symbol, feedTime)) {
      features.sample(symbol, mid, takingPart(symbol, feedTime), feedTime, frames);
    }
  }

  private void train(Symbol symbol, @Nullable BigDecimal mid, Instant feedTime) {
    if (mid != null) {
      populations.sample(
          symbol,
          feedTime,
          mid,
          () -> ShadowCosts.of(takingPart(symbol, feedTime)),
          features.of(symbol),
          regimes.regimeOf(symbol));
    }
  }

  /** The books of the common mid. */
  private List<BookView> takingPart(Symbol symbol, Instant feedTime) {
    return CommonMid.qualifying(
        market.books(symbol), feedTime, releases.active().router().maxAgeMs());
  }

  private void rebalance(Symbol symbol, @Nullable BigDecimal mid, Instant feedTime) {
    AlphaPanel.Sample sample =
        mid == null
            ? null
            : panel.sample(symbol, feedTime, mid, features.of(symbol), regimes.regimeOf(symbol));
    if (sample != null) {
      rebalancer.sampled(sample, panel.specs(), frames);
    }
  }

  private void consume(EngineCommand command) {
    switch (command) {
      case ReadBook read -> Readings.book(market, read, timeline.now());
      case ReadStatus read ->
          read.status()
              .complete(Readings.status(market, frames, timeline.now(), desk.openOrders().size()));
      case ApplyTradingState change -> guards.enter(change.state());
      case ApplyGuardLimits change -> guards.use(change.limits());
      case CloseVenues change -> doors.use(change.closed());
      case ApplyReleases change -> use(change.releases());
      case ApplyAlphas change -> {
        alphas = change.specs();
        tunePanel();
      }
      case MarkExperiments mark -> {
        experiments.become(mark.active());
        samples.experiment(!mark.active().isEmpty());
        mark.marked().complete(null);
      }
      case ApplyPopulations change ->
          populations.use(change.populations(), change.newest(), change.inline());
      case UseBar bar -> change(bar, use -> bars.use(use, timeline.current()));
      case DropBar bar -> bars.drop(bar);
      case PlaceOrder order ->
          change(order, place -> changes.place(place, frames, timeline.current()));
      case CancelOrder cancel ->
          change(cancel, undo -> changes.cancel(undo, frames, timeline.current()));
      case ReadSignals read -> {
        if (isFed(read)) {
          signals.read(read, timeline.current());
        }
      }
      case ReceiveSignal signal ->
          change(signal, take -> signals.receive(take, frames, timeline.current()));
      case ResetPortfolio reset ->
          change(reset, renew -> changes.reset(renew, frames, timeline.current()));
    }
  }

  /** A command whose key came with another body is refused before anything has changed. */
  private <C extends EngineCommand> void change(C command, Consumer<C> consumer) {
    if (!isFed(command)) {
      return;
    }
    try {
      consumer.accept(command);
    } catch (AppendFailure.KeyClaimed reused) {
      command.refuse(reused);
    }
  }

  /** Without a first frame there is no feed time to decide at. */
  private boolean isFed(EngineCommand command) {
    if (timeline.now() == null) {
      command.refuse(new EngineUnavailable.NoMarketYet());
      return false;
    }
    return true;
  }

  /**
   * Between two inputs, so between two decisions: all that is decided later is decided under these
   * releases, and what was decided before keeps its own.
   */
  private void use(Releases next) {
    boolean isCutover = !next.active().equals(releases.active());
    releases = next;
    entry.use(next);
    samples.use(next);
    if (isCutover) {
      venues.use(next.active().router());
      guards.use(next.active().limits(), next.active().router().maxAgeMs());
      facts.use(next.active().release());
      rebalancer.use(releases.active());
      tunePanel();
    }
  }

  private void tunePanel() {
    panel.use(ReleaseTuning.of(alphas, settings.baseline().alpha(), releases.active().alpha()));
  }

  /** A new account, whose fact is on its way. */
  private void renewed(PortfolioReset reset) {
    portfolio.apply(reset);
    ledger.apply(reset);
    guards.happened(reset);
    account.changed();
  }

  /** A fact of the order's life or of the account; the state it speaks of has changed already. */
  private void execution(ExecutionEvent event) {
    facts.add(event);
    ledger.apply(event);
    account.happened(event);
    guards.happened(event);
    if (event instanceof OrderEvent order) {
      samples.happened(order);
      if (AccountRecovery.endsOrder(order)) {
        facts.forget(order.orderId());
      }
    }
  }

  private final class MarketListener implements MarketState.Listener {
    @Override
    public void fact(MarketEvent event) {
      facts.add(event);
    }

    @Override
    public void bookChanged(BookView book) {
      desk.bookChanged(book, timeline.current(), TradingEngine.this::execution);
    }

    @Override
    public void noted(QualityNote note) {
      quarantine.take(note, frames, timeline.current());
    }

    @Override
    public void traded(PublicTrade trade) {
      BookView view = market.book(trade.venue(), trade.symbol());
      if (view != null) {
        features.traded(trade, view.book().scale());
      }
      Instant feedTime = timeline.current();
      if (market.streamState(trade.venue(), trade.symbol(), Channel.TRADES, feedTime).mayTrade()) {
        desk.traded(trade, feedTime, TradingEngine.this::execution);
      } else {
        desk.tradedInDoubt(trade);
      }
    }

    @Override
    public void candleJudged(JudgedCandle candle) {
      bars.judged(candle);
    }

    @Override
    public void candlesCovered(Venue venue, Symbol symbol, Instant from, Instant to) {
      bars.covered(venue, symbol, from, to);
    }
  }
}
