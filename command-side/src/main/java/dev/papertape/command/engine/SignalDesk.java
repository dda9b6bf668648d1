package dev.papertape.command.engine;

import dev.papertape.command.alpha.AlphaPanel;
import dev.papertape.command.alpha.SignalOutcome;
import dev.papertape.command.alpha.SignalRules;
import dev.papertape.command.alpha.SignalRules.WrongTime;
import dev.papertape.command.alpha.SignalStand;
import dev.papertape.command.engine.EngineCommand.ReadSignals;
import dev.papertape.command.engine.EngineCommand.ReceiveSignal;
import dev.papertape.command.market.MarketState;
import dev.papertape.contracts.alpha.AlphaEvent.SignalReceived;
import dev.papertape.contracts.market.Symbol;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Takes signals from outside, each at most once under its key. Owned by the engine's thread. */
final class SignalDesk {
  private final AlphaPanel panel;
  private final MarketState market;
  private final FactBatch facts;
  private final RecentKeys<SignalOutcome> takenUnder = new RecentKeys<>();

  SignalDesk(AlphaPanel panel, MarketState market, FactBatch facts) {
    this.panel = panel;
    this.market = market;
    this.facts = facts;
  }

  void read(ReadSignals read, Instant feedTime) {
    Map<Symbol, Instant> newest = new HashMap<>();
    for (Symbol symbol : market.symbols()) {
      Instant at = panel.newestReceived(read.alphaId(), symbol);
      if (at != null) {
        newest.put(symbol, at);
      }
    }
    read.stand().complete(new SignalStand(feedTime, newest));
  }

  /** Its sender has looked before; another may have been faster, and time goes on. */
  void receive(ReceiveSignal sent, long frame, Instant feedTime) {
    SignalOutcome before = takenUnder.find(sent.claim());
    if (before != null) {
      sent.done().complete(before);
      return;
    }
    Instant named = sent.at();
    Instant at = named == null ? feedTime : named;
    Optional<WrongTime> wrong =
        SignalRules.wrongTime(
            at,
            Duration.ofMillis(sent.horizonMs()),
            panel.newestReceived(sent.alphaId(), sent.symbol()),
            feedTime);
    if (wrong.isPresent()) {
      sent.done().complete(new SignalOutcome.Refused(wrong.get()));
      return;
    }
    SignalReceived signal =
        new SignalReceived(
            sent.alphaId(), sent.symbol(), sent.value(), sent.horizonMs(), at, frame, feedTime);
    panel.take(signal);
    facts.addFor(sent.origin(), signal);
    FactReceipt receipt = facts.flush(sent.claim());
    if (receipt == null) {
      throw new IllegalStateException("a signal left no fact");
    }
    SignalOutcome taken = new SignalOutcome.Taken(signal, receipt);
    takenUnder.keep(sent.claim(), taken);
    sent.done().complete(taken);
  }
}
