package dev.papertape.command.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.contracts.EventTypes;
import dev.papertape.contracts.deploy.DeployEvent;
import dev.papertape.contracts.deploy.DeployEvent.CandidateRegistered;
import dev.papertape.contracts.deploy.DeployEvent.CutoverCompleted;
import dev.papertape.contracts.deploy.DeployEvent.RolledBack;
import dev.papertape.contracts.deploy.DeployEvent.RolloutAborted;
import dev.papertape.contracts.deploy.DeployEvent.RolloutPaused;
import dev.papertape.contracts.deploy.DeployEvent.RolloutResumed;
import dev.papertape.contracts.deploy.DeployEvent.SlosObserved;
import dev.papertape.contracts.deploy.DeployEvent.StageEntered;
import dev.papertape.contracts.deploy.DeployEvent.VerdictReached;
import dev.papertape.contracts.deploy.SizingParameters;
import java.math.BigDecimal;
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
class DeployPayloadsTest {
  private static final String BUNDLE =
      """
      {"alphas":{"momentum":{"enter":0.75,"exit":0.25,"lookBackSeconds":10}},\
      "guards":{"maxExposure":"2000000","maxNotional":"250000","maxOrdersPerSecond":1000},\
      "release":"%s","router":{"adverseMoveSigmas":0.8,"latencyScaleMs":250,"maxAgeMs":%d,\
      "participationPercent":100,"qosHalfLifeMs":300000,"retryCostBps":1,"version":"%s",\
      "weights":{"fillRate":2,"freshness":1,"gaps":1,"latency":1,"rejects":1,"uptime":1}},\
      "sizing":{"cooldownMs":5000,"kellyFloor":0.01,"kellyFraction":0.5,\
      "participationPercent":50,"rebalanceNotional":"2000","targetNotional":"10000",\
      "targetVol":0.02}}""";

  private static final String CANDIDATE = BUNDLE.formatted("fresh", 500, "fresh");
  private static final String BASELINE = BUNDLE.formatted("baseline", 2_000, "router-1");

  private static final String COUNTS =
      """
      {"blocks":{"blocks":98,"candidateBad":9,"controlBad":0},\
      "candidate":{"bad":9,"excluded":2,"samples":98},\
      "control":{"bad":0,"excluded":2,"samples":101},"slo":"ERROR_RATE"}""";

  private static final String ASSESSMENT =
      """
      {"alpha":0.016666666666666666,"bound":0.01,"counts":%s,"eValueAbort":123456.75,\
      "eValuePromote":1.5e-9,"eValueVsBaseline":1000000000000000,"margin":2,"verdict":"FAIL"}"""
          .formatted(COUNTS);

  private static final String EVIDENCE =
      """
      {"feedTime":"2026-01-01T00:01:00.000Z","fromPosition":40,"slos":[%s],"toPosition":99}"""
          .formatted(ASSESSMENT);

  static final Map<Class<? extends DeployEvent>, String> PAYLOADS =
      Map.of(
          CandidateRegistered.class,
          """
          {"baseline":%s,"candidate":%s,"policy":{"abortAlpha":0.05,"grids":1,"margin":2,\
          "maxRollbacksInRow":3,"name":"two","pace":"DEMO","promoteAlpha":0.05,"sampleCap":3000,\
          "samplesChaos":false,"slos":[{"bound":0.05,"slo":"P95_LATENCY","threshold":1000},\
          {"bound":0.01,"slo":"ERROR_RATE","threshold":null}],\
          "stages":[{"minimumDwellMs":3000,"minimumSamples":20,"sampledPercent":1,\
          "stage":"CANDIDATE"},{"minimumDwellMs":3000,"minimumSamples":50,"sampledPercent":1,\
          "stage":"CANARY"}]},"rolloutId":"r-1"}"""
              .formatted(BASELINE, CANDIDATE),
          StageEntered.class,
          """
          {"by":"OPERATOR","evidence":null,"feedTime":null,"reason":"go","rolloutId":"r-1",\
          "stage":"CANARY","step":1,"trafficPercent":1}""",
          VerdictReached.class,
          """
          {"assessment":%s,"feedTime":"2026-01-01T00:01:00.000Z","fromPosition":40,\
          "previous":"SAMPLING","rolloutId":"r-1","toPosition":99}"""
              .formatted(ASSESSMENT),
          RolloutPaused.class,
          """
          {"reason":"lunch","rolloutId":"r-1","stage":"CANARY"}""",
          RolloutResumed.class,
          """
          {"reason":"back","rolloutId":"r-1","stage":"CANARY"}""",
          RolloutAborted.class,
          """
          {"active":"baseline","reason":"no","rolloutId":"r-1","stage":"PAUSED"}""",
          CutoverCompleted.class,
          """
          {"active":%s,"by":"EVIDENCE","evidence":%s,"feedTime":"2026-01-01T00:01:00.000Z",\
          "previous":"baseline","reason":"every SLO passed","rolloutId":"r-1"}"""
              .formatted(CANDIDATE, EVIDENCE),
          RolledBack.class,
          """
          {"active":"baseline","awaitsPerson":true,"evidence":%s,"reason":"ERROR_RATE",\
          "rollbacksInRow":3,"rolloutId":"r-1","stage":"CANARY"}"""
              .formatted(EVIDENCE),
          SlosObserved.class,
          """
          {"demo":{"generated":50000,"traded":1000},\
          "evidence":[{"eValueAbort":123456.75,"eValuePromote":1.5e-9,"eValueVsBaseline":1000000000000000,\
          "slo":"ERROR_RATE"}],"feedTime":"2026-01-01T00:01:00.000Z","life":3,"rolloutId":"r-1",\
          "since":"2026-01-01T00:00:00.000Z","slos":[%s]}"""
              .formatted(COUNTS));

  static final Set<Class<? extends DeployEvent>> TYPES = PAYLOADS.keySet();

  @ParameterizedTest
  @FieldSource("TYPES")
  void payloadIsReadAndWrittenAsItStands(Class<? extends DeployEvent> type) {
    byte[] stored = PAYLOADS.get(type).getBytes(StandardCharsets.UTF_8);
    DeployEvent event = MemoryLog.json().read(stored, type);
    assertThat(new String(MemoryLog.json().write(event), StandardCharsets.UTF_8))
        .isEqualTo(PAYLOADS.get(type));
  }

  @Test
  void countsOfAnOlderReleaseHaveNoEvidence() {
    String old = PAYLOADS.get(SlosObserved.class).replaceFirst("\"evidence\":\\[[^]]*],", "");
    assertThat(old).doesNotContain("evidence");
    SlosObserved read =
        MemoryLog.json().read(old.getBytes(StandardCharsets.UTF_8), SlosObserved.class);
    assertThat(read.evidence()).isNull();
    assertThat(read.slos()).hasSize(1);
  }

  @Test
  void sizesOfAnOlderReleaseHaveTheDefaultsOfWhatTheyLack() {
    SizingParameters read =
        MemoryLog.json()
            .read(
                """
                {"cooldownMs":5000,"rebalanceNotional":"2000","targetNotional":"10000"}"""
                    .getBytes(StandardCharsets.UTF_8),
                SizingParameters.class);
    assertThat(read)
        .isEqualTo(
            new SizingParameters(
                new BigDecimal("10000"), new BigDecimal("2000"), 5_000, 0.02, 0.5, 0.01, 50));
  }

  @Test
  void everyDeployEventHasItsPayloadHere() {
    Set<Class<?>> all =
        EventTypes.all().stream()
            .filter(DeployEvent.class::isAssignableFrom)
            .collect(Collectors.toSet());
    assertThat(all).isEqualTo(TYPES);
  }
}
