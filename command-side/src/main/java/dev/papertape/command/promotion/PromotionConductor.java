package dev.papertape.command.promotion;

import dev.papertape.command.engine.FactSink.EngineFact;
import dev.papertape.command.engine.LifeListener;
import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaRecorded;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.features.FeatureEvent.ParityChecked;
import dev.papertape.contracts.guards.GuardsEvent.GuardSeen;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.promotion.AlphaRecord;
import dev.papertape.contracts.promotion.PromotionCommand;
import dev.papertape.contracts.promotion.PromotionCommand.EvaluateGates;
import dev.papertape.contracts.promotion.PromotionEvent;
import dev.papertape.contracts.promotion.PromotionPolicy;
import dev.papertape.eventstore.append.Appended;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the gates of every alpha measured once a feed minute, in the process that holds the engine's
 * lease. What would change nothing is not sent; what was sent before changes nothing, so after a
 * kill -9 the next life measures again and repeats nothing. One thread for one life of the engine.
 */
final class PromotionConductor implements LifeListener {
  private static final Logger log = LoggerFactory.getLogger(PromotionConductor.class);

  /** A minute's records come with its first tick; who has none is measured without. */
  private static final Duration RECORDS_DUE = Duration.ofSeconds(5);

  private static final String PARITY = "feature-parity";
  private static final String RECORD_PREFIX = "alpha-record:";

  private final EventLog events;
  private final Function<LoggedEvent, DomainEvent> decode;
  private final PromotionPolicy policy;
  private final Trials.Source trials;
  private final Consumer<EvaluateGates> evaluate;
  private final PromotionMetrics metrics;
  private final Duration betweenLooks;
  private volatile @Nullable Life life;
  private volatile List<AlphaSpec> alphas = List.of();

  /**
   * @param evaluate sends the command and waits until it is decided
   */
  PromotionConductor(
      EventLog events,
      Function<LoggedEvent, DomainEvent> decode,
      PromotionPolicy policy,
      Trials.Source trials,
      Consumer<EvaluateGates> evaluate,
      PromotionMetrics metrics,
      Duration betweenLooks) {
    this.events = events;
    this.decode = decode;
    this.policy = policy;
    this.trials = trials;
    this.evaluate = evaluate;
    this.metrics = metrics;
    this.betweenLooks = betweenLooks;
  }

  @Override
  public void began(Set<Venue> venues) {
    Life begun = new Life();
    life = begun;
    begun.start();
  }

  @Override
  public void alphas(List<AlphaSpec> now) {
    alphas = List.copyOf(now);
    metrics.stages(now);
  }

  @Override
  public void tripped(List<GuardSeen> guards) {
    Life running = life;
    if (running != null) {
      running.facts.guards(guards);
    }
  }

  @Override
  public void durable(List<EngineFact> facts, Appended appended) {
    Life running = life;
    if (running != null) {
      facts.forEach(fact -> running.facts.take(fact.event(), appended.last()));
    }
  }

  @Override
  public void ended() {
    Life running = life;
    life = null;
    if (running != null) {
      running.stop();
    }
    metrics.stages(List.of());
  }

  /** What is followed during one life. */
  private final class Life {
    private final EngineFacts facts = new EngineFacts();
    private final Map<String, Followed> followed = new HashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Thread thread;

    /** Not a virtual thread: it is interrupted, perhaps in the middle of a query. */
    void start() {
      thread = Thread.ofPlatform().daemon().name("promotion-conductor").start(this::run);
    }

    void stop() {
      stopping.countDown();
      Thread running = thread;
      if (running != null) {
        running.interrupt();
      }
    }

    private void run() {
      try {
        do {
          look();
        } while (!stopping.await(betweenLooks.toNanos(), TimeUnit.NANOSECONDS));
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
    }

    private void look() {
      EngineFacts.Newest newest = facts.newest();
      if (newest == null) {
        return;
      }
      @Nullable ParityChecked parity = null;
      for (AlphaSpec alpha : alphas) {
        try {
          Followed each = followed.computeIfAbsent(alpha.alphaId(), this::follow);
          if (each.isDue(alpha, newest.feedTime(), facts.record(alpha.alphaId()))) {
            parity = parity == null ? newestParity() : parity;
            each.measure(alpha, facts, newest, parity);
          }
        } catch (RuntimeException failure) {
          if (stopping.getCount() > 0) {
            log.warn(
                "{} could not be measured and will be again: {}",
                alpha.alphaId(),
                failure.toString());
          }
        }
      }
    }

    private Followed follow(String alphaId) {
      events
          .lastOf(RECORD_PREFIX + alphaId)
          .ifPresent(row -> facts.recall((AlphaRecorded) decode.apply(row)));
      return new Followed(alphaId);
    }

    private @Nullable ParityChecked newestParity() {
      return events.lastOf(PARITY).map(row -> (ParityChecked) decode.apply(row)).orElse(null);
    }
  }

  /** One alpha. */
  private final class Followed {
    private final String alphaId;
    private Promotion promotion = Promotion.NONE;
    private long nextSequence;
    private @Nullable Instant measuredAt;
    private @Nullable AlphaStage measuredIn;

    private Followed(String alphaId) {
      this.alphaId = alphaId;
    }

    private boolean isDue(AlphaSpec alpha, Instant now, @Nullable AlphaRecord record) {
      Instant last = measuredAt;
      if (last == null || alpha.stage() != measuredIn || now.isBefore(last)) {
        return true; // New in this life or in its stage, or another recording is played.
      }
      long minute = minute(now);
      if (minute == minute(last)) {
        return false;
      }
      return (record != null && minute(record.feedTime()) == minute)
          || !now.isBefore(Instant.ofEpochSecond(minute * 60).plus(RECORDS_DUE));
    }

    private void measure(
        AlphaSpec alpha,
        EngineFacts facts,
        EngineFacts.Newest newest,
        @Nullable ParityChecked parity) {
      catchUp();
      if (newest.position() <= promotion.actedOn()) {
        return; // Nothing newer to measure by.
      }
      EvaluateGates command =
          new EvaluateGates(
              alphaId,
              alpha.stage(),
              policy,
              GateObservation.of(alpha, facts, newest, parity, trials.of(alphaId)));
      if (!PromotionRules.decide(promotion, command).isEmpty()) {
        evaluate.accept(command);
      }
      measuredAt = newest.feedTime();
      measuredIn = alpha.stage();
    }

    private void catchUp() {
      for (LoggedEvent row : events.stream(PromotionCommand.PREFIX + alphaId, nextSequence)) {
        promotion = PromotionRules.after(promotion, (PromotionEvent) decode.apply(row));
        nextSequence = row.sequence() + 1;
      }
    }

    private static long minute(Instant time) {
      return Math.floorDiv(time.getEpochSecond(), 60);
    }
  }
}
