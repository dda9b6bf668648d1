package dev.papertape.command.guards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.contracts.EventTypes;
import dev.papertape.contracts.guards.GuardsEvent;
import dev.papertape.contracts.guards.GuardsEvent.GuardCleared;
import dev.papertape.contracts.guards.GuardsEvent.GuardLimitChanged;
import dev.papertape.contracts.guards.GuardsEvent.GuardTripped;
import dev.papertape.contracts.guards.GuardsEvent.GuardsObserved;
import dev.papertape.contracts.guards.GuardsEvent.TradingHalted;
import dev.papertape.contracts.guards.GuardsEvent.TradingReduced;
import dev.papertape.contracts.guards.GuardsEvent.TradingResumed;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Payloads as they stand in logs: each is read, and written again is the same text. One that no
 * longer is breaks logs that exist: an upcaster is due, not another text here.
 */
class GuardsPayloadsTest {
  static final Map<Class<? extends GuardsEvent>, String> PAYLOADS =
      Map.of(
          TradingHalted.class,
          """
          {"reason":"fire","tradingStateId":"trading-state:paper"}""",
          TradingReduced.class,
          """
          {"reason":"calmer","tradingStateId":"trading-state:paper"}""",
          TradingResumed.class,
          """
          {"overruled":["MAX_DRAWDOWN"],"reason":"seen","tradingStateId":"trading-state:paper"}""",
          GuardLimitChanged.class,
          """
          {"guard":"MAX_NOTIONAL","guardLimitsId":"guard-limits:paper","limit":"1000",\
          "previous":null,"reason":"drill"}""",
          GuardTripped.class,
          """
          {"clearsWhen":"it is over","feedTime":"2026-01-01T00:01:00.000Z",\
          "guard":"MAX_DRAWDOWN","inputs":{"equity":"880000","peak":"1000000"},"limit":"0.1",\
          "reason":"it fell","scope":"ACCOUNT","value":"0.120000"}""",
          GuardCleared.class,
          """
          {"feedTime":"2026-01-01T00:02:00.000Z","guard":"STALE_DATA","inputs":{"ageMs":"10"},\
          "limit":"2000","reason":"a message came","scope":"SYMBOL:BTC-USDT","value":"10"}""",
          GuardsObserved.class,
          """
          {"feedTime":"2026-01-01T00:01:00.000Z","lossStreak":2,\
          "newestLoss":"2026-01-01T00:00:30.000Z",\
          "peaks":[{"equity":"1000000","minute":"2026-01-01T00:00:00.000Z"}],\
          "seen":[{"clearsWhen":null,"guard":"ORDER_RATE","limit":"1000","scope":"ACCOUNT",\
          "since":null,"value":"3"}]}""");

  static final Set<Class<? extends GuardsEvent>> TYPES = PAYLOADS.keySet();

  @ParameterizedTest
  @FieldSource("TYPES")
  void payloadIsReadAndWrittenAsItStands(Class<? extends GuardsEvent> type) {
    byte[] stored = PAYLOADS.get(type).getBytes(StandardCharsets.UTF_8);
    GuardsEvent event = MemoryLog.json().read(stored, type);
    assertThat(new String(MemoryLog.json().write(event), StandardCharsets.UTF_8))
        .isEqualTo(PAYLOADS.get(type));
  }

  @Test
  void everyEventOfTheContextHasAPayloadHere() {
    assertThat(EventTypes.all().stream().filter(GuardsEvent.class::isAssignableFrom))
        .containsExactlyInAnyOrderElementsOf(TYPES);
  }

  @Test
  void aResumeOfAnOlderReleaseOverrulesNothing() {
    String old = "{\"reason\":\"out\",\"tradingStateId\":\"trading-state:paper\"}";
    assertThat(
            MemoryLog.json()
                .read(old.getBytes(StandardCharsets.UTF_8), TradingResumed.class)
                .overruled())
        .isEmpty();
  }
}
