package dev.papertape.contracts.features;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.market.Symbol;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to features. What the engine computes itself is no event. */
public sealed interface FeatureEvent extends DomainEvent {

  /**
   * A value was put from outside: stream {@code feature:<symbol>:<name>:<eventTime>}. A later one
   * of the same stream revises it; each is known from its recorded time on.
   *
   * @param eventTime the moment that the value speaks of
   */
  record FeaturePut(String featureId, Symbol symbol, String name, Instant eventTime, double value)
      implements FeatureEvent {}

  /**
   * Online values were compared with a backtest: stream {@code feature-parity}.
   *
   * @param trigger {@code SCHEDULE} or {@code REQUEST}
   * @param knownUntil feed time of the newest online value that was looked at; null without any
   */
  record ParityChecked(
      String runId,
      String trigger,
      ParityVerdict verdict,
      @Nullable Instant knownUntil,
      List<FeatureParity> features)
      implements FeatureEvent {}
}
