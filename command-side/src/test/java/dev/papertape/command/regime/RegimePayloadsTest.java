package dev.papertape.command.regime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.contracts.EventTypes;
import dev.papertape.contracts.regime.RegimeEvent;
import dev.papertape.contracts.regime.RegimeEvent.RegimeChanged;
import dev.papertape.contracts.router.RoutingContext;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads as they stand in logs; one that is read or written otherwise breaks them. */
class RegimePayloadsTest {
  private static final String FIRST =
      """
      {"features":{},"feedTime":"2026-01-01T00:01:00.000Z","modelVersion":"rules-1",\
      "previous":null,"probabilities":null,"regime":"CHOP","rule":"no trend",\
      "symbol":"BTC-USDT"}""";
  private static final String LATER =
      """
      {"features":{"adx":25.5,"trend":-1.25},"feedTime":"2026-01-01T00:02:00.100Z",\
      "modelVersion":"rules-1/hmm-0a1b2c3d","previous":"CHOP",\
      "probabilities":{"calm":0.125,"normal":0.25,"turbulent":0.625},"regime":"TREND_DOWN",\
      "rule":"moved","symbol":"BTC-USDT"}""";

  @ParameterizedTest
  @ValueSource(strings = {FIRST, LATER})
  void payloadIsReadAndWrittenAsItStands(String stored) {
    RegimeChanged event =
        MemoryLog.json().read(stored.getBytes(StandardCharsets.UTF_8), RegimeChanged.class);
    assertThat(new String(MemoryLog.json().write(event), StandardCharsets.UTF_8)).isEqualTo(stored);
  }

  @Test
  void everyEventHasAPayloadHere() {
    assertThat(EventTypes.all().stream().filter(RegimeEvent.class::isAssignableFrom).toList())
        .hasSize(1)
        .containsOnly(RegimeChanged.class);
  }

  /** As decisions were recorded before they named a regime. */
  @Test
  void a_context_without_a_regime_is_one_before_any() {
    String recorded =
        """
        {"cash":"1000","frame":1,"intent":{"symbol":"BTC-USDT","side":"BUY","quantity":"1",
         "limitPrice":null,"timeInForce":"IOC","alphaId":"manual","clientOrderId":null},
         "policyVersion":"p","position":"0","quotes":[],"refMid":null,"release":"r",
         "tradingState":"ACTIVE"}
        """;
    RoutingContext context =
        MemoryLog.json().read(recorded.getBytes(StandardCharsets.UTF_8), RoutingContext.class);
    assertThat(context.regime()).isNull();
  }
}
