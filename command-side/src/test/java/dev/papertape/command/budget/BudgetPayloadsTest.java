package dev.papertape.command.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.contracts.EventTypes;
import dev.papertape.contracts.budget.BudgetEvent;
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
class BudgetPayloadsTest {
  private static final String AT = "\"at\":\"2026-01-01T00:00:01.000Z\"";
  private static final String QUOTAS =
      "[{\"alignment\":\"CALENDAR\",\"kind\":\"WEIGHT\",\"limit\":6000,\"periodMs\":60000}]";
  private static final String SETTINGS =
      """
      {"ceilingMicros":5,"criticalPercent":10,"currency":"USD","offers":[\
      {"capability":"PRICE","priceMicros":3},{"capability":"OHLCV","priceMicros":null}],\
      "softLimitPercent":80}""";

  static final Map<Class<? extends BudgetEvent>, String> PAYLOADS =
      Map.ofEntries(
          Map.entry(
              BudgetEvent.ProviderRegistered.class,
              "{%s,\"provider\":\"ALTO\",\"quotas\":%s,\"settings\":%s}"
                  .formatted(AT, QUOTAS, SETTINGS)),
          Map.entry(
              BudgetEvent.ProviderChanged.class,
              "{%s,\"provider\":\"ALTO\",\"settings\":%s}".formatted(AT, SETTINGS)),
          Map.entry(
              BudgetEvent.QuotaChanged.class,
              "{%s,\"provider\":\"ALTO\",\"quotas\":%s}".formatted(AT, QUOTAS)),
          Map.entry(
              BudgetEvent.CallReserved.class,
              """
              {%s,"capability":"PRICE","costMicros":3,"critical":false,\
              "deadline":"2026-01-01T00:00:31.000Z","orders":0,"probe":false,"provider":"ALTO",\
              "reservationId":"r-1","weight":2}"""
                  .formatted(AT)),
          Map.entry(
              BudgetEvent.CallSettled.class,
              """
              {%s,"calls":1,"capability":"PRICE","costMicros":3,"late":false,"latencyMs":12.5,\
              "observed":[{"kind":"WEIGHT","periodMs":60000,"used":42}],"orders":0,\
              "outcome":"OK","provider":"ALTO","reservationId":"r-1","status":200,"weight":2}"""
                  .formatted(AT)),
          Map.entry(
              BudgetEvent.CallDenied.class,
              """
              {%s,"capability":"PRICE","count":7,"detail":"full","provider":"ALTO",\
              "reason":"QUOTA_EXHAUSTED","until":"2026-01-01T00:01:00.000Z"}"""
                  .formatted(AT)),
          Map.entry(
              BudgetEvent.ReservationExpired.class,
              "{%s,\"provider\":\"ALTO\",\"reservationId\":\"r-1\"}".formatted(AT)),
          Map.entry(
              BudgetEvent.QuotaObserved.class,
              """
              {%s,"drift":5,"kind":"WEIGHT","observed":47,"ours":42,"periodMs":60000,\
              "provider":"ALTO"}"""
                  .formatted(AT)),
          Map.entry(
              BudgetEvent.ProviderCooledDown.class,
              """
              {%s,"banned":true,"provider":"ALTO","until":"2026-01-01T00:02:00.000Z"}"""
                  .formatted(AT)),
          Map.entry(
              BudgetEvent.BreakerOpened.class,
              """
              {%s,"failures":5,"provider":"ALTO","until":"2026-01-01T00:00:06.000Z"}"""
                  .formatted(AT)),
          Map.entry(BudgetEvent.BreakerClosed.class, "{%s,\"provider\":\"ALTO\"}".formatted(AT)),
          Map.entry(
              BudgetEvent.FallbackChosen.class,
              """
              {%s,"capability":"PRICE","chosen":"CIELO","rejected":[\
              {"provider":"ALTO","reason":"COSTS_MORE"}],"subject":"BTC-USDT"}"""
                  .formatted(AT)));

  static final Set<Class<? extends BudgetEvent>> TYPES = PAYLOADS.keySet();

  @ParameterizedTest
  @FieldSource("TYPES")
  void payloadIsReadAndWrittenAsItStands(Class<? extends BudgetEvent> type) {
    byte[] stored = PAYLOADS.get(type).getBytes(StandardCharsets.UTF_8);
    BudgetEvent event = MemoryLog.json().read(stored, type);
    assertThat(new String(MemoryLog.json().write(event), StandardCharsets.UTF_8))
        .isEqualTo(PAYLOADS.get(type));
  }

  @Test
  void everyBudgetEventHasItsPayloadHere() {
    Set<Class<?>> all =
        EventTypes.all().stream()
            .filter(BudgetEvent.class::isAssignableFrom)
            .collect(Collectors.toSet());
    assertThat(all).isEqualTo(TYPES);
  }
}
