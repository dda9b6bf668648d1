package dev.papertape.command.population;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.contracts.EventTypes;
import dev.papertape.contracts.population.PopulationEvent;
import dev.papertape.contracts.population.PopulationEvent.BestApplied;
import dev.papertape.contracts.population.PopulationEvent.GenerationEnded;
import dev.papertape.contracts.population.PopulationEvent.MemberEvaluated;
import dev.papertape.contracts.population.PopulationEvent.MemberExploited;
import dev.papertape.contracts.population.PopulationEvent.MemberExplored;
import dev.papertape.contracts.population.PopulationEvent.MembersScored;
import dev.papertape.contracts.population.PopulationEvent.PopulationCreated;
import dev.papertape.contracts.population.PopulationEvent.PopulationEnlisted;
import dev.papertape.contracts.population.PopulationEvent.PopulationStarted;
import dev.papertape.contracts.population.PopulationEvent.PopulationStopped;
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
class PopulationPayloadsTest {
  private static final String OLD = "{\"enter\":0.75,\"exit\":0.25,\"lookBack\":10}";
  private static final String NEW = "{\"enter\":0.9,\"exit\":0.25,\"lookBack\":12}";

  static final Map<Class<? extends PopulationEvent>, String> PAYLOADS =
      Map.of(
          PopulationEnlisted.class,
          "{\"populationId\":\"p\"}",
          PopulationCreated.class,
          """
          {"founders":[{"bornGeneration":0,"history":[{"generation":3,"inherited":true,\
          "score":null}],"memberId":"p-0","params":%s,"parentId":null,"rank":null,"score":null,\
          "state":"TRAINING"}],"spec":{"alphaId":"momentum","applyBest":true,"intervalMs":60000,\
          "kind":"MOMENTUM","members":2,"minSamples":30,"notional":"10000","populationId":"p",\
          "quantile":0.25,"resampleProbability":0.25,"seed":1,"space":[{"choices":[5,10],\
          "integer":true,"max":60,"min":5,"name":"lookBack"}],"symbols":["BTC-USDT"]}}"""
              .formatted(OLD),
          PopulationStarted.class,
          "{\"populationId\":\"p\",\"reason\":\"go\"}",
          PopulationStopped.class,
          "{\"populationId\":\"p\",\"reason\":\"lunch\"}",
          MemberEvaluated.class,
          """
          {"fees":"1.5","generation":4,"memberId":"p-0","pnl":"-2.25","populationId":"p",\
          "rank":2,"returns":60,"score":0.125,"trades":3}""",
          MemberExploited.class,
          """
          {"generation":4,"newParams":%s,"oldParams":%s,"populationId":"p","source":"p-0",\
          "sourceScore":0.125,"target":"p-1","targetScore":null}"""
              .formatted(NEW, OLD),
          MemberExplored.class,
          """
          {"generation":4,"kind":"PERTURB","newParams":%s,"oldParams":%s,"populationId":"p",\
          "source":"p-0","target":"p-1"}"""
              .formatted(NEW, OLD),
          GenerationEnded.class,
          """
          {"bestMemberId":"p-0","feedTime":"2026-01-01T00:01:00.000Z","generation":4,\
          "populationId":"p","scoresPosition":77,"trials":12}""",
          BestApplied.class,
          """
          {"alphaId":"momentum","generation":4,"memberId":"p-0","params":%s,"populationId":"p",\
          "refusal":null}"""
              .formatted(OLD),
          MembersScored.class,
          """
          {"complete":true,"elapsedMs":60000,"feedTime":"2026-01-01T00:01:00.000Z","generation":4,\
          "life":2,"members":[{"cash":"-10000.5","failure":null,"fees":"1.5","mean":0.00001,\
          "memberId":"p-0","pnl":"-2.25","positions":[{"mid":"100.25","quantity":"99.75",\
          "signal":1,"symbol":"BTC-USDT"}],"returns":60,"score":0.125,"sumSquares":0.0001,\
          "trades":3,"turnover":"20000"}],"populationId":"p"}""");

  static final Set<Class<? extends PopulationEvent>> TYPES = PAYLOADS.keySet();

  @ParameterizedTest
  @FieldSource("TYPES")
  void payloadIsReadAndWrittenAsItStands(Class<? extends PopulationEvent> type) {
    byte[] stored = PAYLOADS.get(type).getBytes(StandardCharsets.UTF_8);
    PopulationEvent event = MemoryLog.json().read(stored, type);
    assertThat(new String(MemoryLog.json().write(event), StandardCharsets.UTF_8))
        .isEqualTo(PAYLOADS.get(type));
  }

  @Test
  void everyPopulationEventHasItsPayloadHere() {
    Set<Class<?>> all =
        EventTypes.all().stream()
            .filter(PopulationEvent.class::isAssignableFrom)
            .collect(Collectors.toSet());
    assertThat(all).isEqualTo(TYPES);
  }
}
