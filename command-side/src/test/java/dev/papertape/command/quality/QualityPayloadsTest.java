package dev.papertape.command.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.contracts.EventTypes;
import dev.papertape.contracts.quality.QualityEvent;
import dev.papertape.contracts.quality.QualityEvent.QualityObserved;
import dev.papertape.contracts.quality.QualityEvent.QuarantineDiscarded;
import dev.papertape.contracts.quality.QualityEvent.QuarantineReleased;
import dev.papertape.contracts.quality.QualityEvent.RecordQuarantined;
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
class QualityPayloadsTest {
  private static final String COUNTS =
      """
      {"accepted":7,"byReason":{"CLOCK_SKEW":1,"DEPTH_SPIKE":1},"channel":"L2","flagged":1,\
      "gaps":0,"lastAt":"2026-01-01T00:00:01.000Z","quarantined":1,"received":8,"rejected":0,\
      "resyncs":0,"state":"SUSPECT","symbol":"BTC-USDT","verified":8}""";

  static final Map<Class<? extends QualityEvent>, String> PAYLOADS =
      Map.of(
          RecordQuarantined.class,
          """
          {"channel":"L2","counts":%s,\
          "detail":"bid of 500000 where 10000 is usual","encoding":"DECODED",\
          "evidence":{"measured":"bid","usual":"10000","value":"500000"},\
          "feedTime":"2026-01-01T00:00:01.000Z","frame":42,\
          "further":[{"frame":43,"payloadSha256":"ab","receivedAt":"2026-01-01T00:00:01.000Z"}],\
          "life":3,"payloadSha256":"cd","quarantineId":"q-1","raw":"{\\"bids\\":[]}","rawBytes":11,\
          "reason":"DEPTH_SPIKE","receivedAt":"2026-01-01T00:00:01.000Z","symbol":"BTC-USDT",\
          "venue":"BINANCE"}"""
              .formatted(COUNTS),
          QuarantineReleased.class,
          """
          {"by":"OPERATOR","channel":"L2",\
          "guard":{"detail":"still","reason":"DEPTH_SPIKE","verdict":"STILL_BAD"},\
          "quarantineId":"q-1","reason":"a whale","records":2,"symbol":null,"venue":"BINANCE"}""",
          QuarantineDiscarded.class,
          """
          {"by":"GUARD","channel":"OHLCV","quarantineId":"q-1","reason":"a glitch","records":1,\
          "symbol":"BTC-USDT","venue":"BINANCE"}""",
          QualityObserved.class,
          """
          {"feedTime":"2026-01-01T00:00:01.000Z","life":3,"streams":[%s],"venue":"BINANCE"}"""
              .formatted(COUNTS));

  static final Set<Class<? extends QualityEvent>> TYPES = PAYLOADS.keySet();

  @ParameterizedTest
  @FieldSource("TYPES")
  void payloadIsReadAndWrittenAsItStands(Class<? extends QualityEvent> type) {
    byte[] stored = PAYLOADS.get(type).getBytes(StandardCharsets.UTF_8);
    QualityEvent event = MemoryLog.json().read(stored, type);
    assertThat(new String(MemoryLog.json().write(event), StandardCharsets.UTF_8))
        .isEqualTo(PAYLOADS.get(type));
  }

  @Test
  void everyQualityEventHasItsPayloadHere() {
    Set<Class<?>> all =
        EventTypes.all().stream()
            .filter(QualityEvent.class::isAssignableFrom)
            .collect(Collectors.toSet());
    assertThat(all).isEqualTo(TYPES);
  }
}
