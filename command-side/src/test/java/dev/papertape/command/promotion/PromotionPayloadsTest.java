package dev.papertape.command.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.contracts.EventTypes;
import dev.papertape.contracts.promotion.PromotionEvent;
import dev.papertape.contracts.promotion.PromotionEvent.AlphaDemoted;
import dev.papertape.contracts.promotion.PromotionEvent.AlphaPromoted;
import dev.papertape.contracts.promotion.PromotionEvent.AlphaRetired;
import dev.papertape.contracts.promotion.PromotionEvent.GateEvaluated;
import dev.papertape.contracts.promotion.PromotionEvent.PromotionRequested;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Payloads as they stand in logs: each is read, and written again is the same text. One that no
 * longer is breaks logs that exist: an upcaster is due, not another text here.
 */
class PromotionPayloadsTest {
  private static final String GATE =
      """
      {"bound":"AT_LEAST","minimumSamples":10,"name":"DEFLATED_SHARPE","passed":false,\
      "required":0.95,"samples":4,"value":0.69359}""";

  private static final String UNKNOWN =
      """
      {"bound":"AT_MOST","minimumSamples":1,"name":"PARITY","passed":true,"required":0,\
      "samples":0,"value":null}""";

  static final Map<Class<? extends PromotionEvent>, String> PAYLOADS =
      Map.of(
          GateEvaluated.class,
          """
          {"alphaId":"a","gates":[%s],"holding":[%s],"inputs":{"feedTime":"2026-01-01T00:01:00.000Z",\
          "guardsTripped":["LOSS_STREAK ACCOUNT"],"guardsWatched":8,"parityCompared":50,\
          "parityDiverged":0,"position":99,"qualityReceived":1000,"qualityVerified":null,\
          "sharpeVariance":null,"traded":{"equity":"1000000","feedTime":"2026-01-01T00:01:00.000Z",\
          "maxDrawdown":-0.01,"mean":0.5,"modelBps":3,"returns":4,"shadow":true,\
          "since":"2026-01-01T00:00:00.000Z","slippageBps":3.5,"sumCubes":24,"sumFourths":84,\
          "sumSquares":12,"trades":2,"turnover":"500000.25"},"trials":1},"nextStage":"ACTIVE",\
          "policy":"demo","stage":"CANARY"}"""
              .formatted(GATE, UNKNOWN),
          PromotionRequested.class,
          """
          {"alphaId":"a","feedTime":"2026-01-01T00:01:00.000Z","from":"CANARY","to":"ACTIVE"}""",
          AlphaPromoted.class,
          """
          {"alphaId":"a","by":"OPERATOR","feedTime":"2026-01-01T00:01:00.000Z","from":"CANARY",\
          "gates":[%s],"reason":"good","to":"ACTIVE"}"""
              .formatted(GATE),
          AlphaDemoted.class,
          """
          {"alphaId":"a","breached":[],"by":"OPERATOR","feedTime":null,"from":"ACTIVE",\
          "reason":"too loud","to":"CANARY"}""",
          AlphaRetired.class,
          """
          {"alphaId":"a","from":"SHADOW","reason":"no edge"}""");

  static final Set<Class<? extends PromotionEvent>> TYPES = PAYLOADS.keySet();

  @ParameterizedTest
  @FieldSource("TYPES")
  void payloadIsReadAndWrittenAsItStands(Class<? extends PromotionEvent> type) {
    byte[] stored = PAYLOADS.get(type).getBytes(StandardCharsets.UTF_8);
    PromotionEvent event = MemoryLog.json().read(stored, type);
    assertThat(new String(MemoryLog.json().write(event), StandardCharsets.UTF_8))
        .isEqualTo(PAYLOADS.get(type));
  }

  @Test
  void everyPromotionEventHasItsPayloadHere() {
    Set<Class<?>> all =
        EventTypes.all().stream()
            .filter(PromotionEvent.class::isAssignableFrom)
            .collect(Collectors.toSet());
    assertThat(all).isEqualTo(TYPES);
  }
}
