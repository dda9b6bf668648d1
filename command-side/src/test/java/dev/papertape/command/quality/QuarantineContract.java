package dev.papertape.command.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.DiscardedBy;
import dev.papertape.contracts.quality.QualityEvent.QuarantineDiscarded;
import dev.papertape.contracts.quality.QualityEvent.QuarantineReleased;
import dev.papertape.contracts.quality.QualityEvent.RecordQuarantined;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.contracts.quality.QuarantineCommand;
import dev.papertape.contracts.quality.QuarantineCommand.DiscardQuarantined;
import dev.papertape.contracts.quality.QuarantineCommand.ReleaseQuarantined;
import dev.papertape.contracts.quality.RawEncoding;
import dev.papertape.contracts.quality.Reexamination;
import dev.papertape.contracts.quality.Reexamination.Verdict;
import dev.papertape.contracts.quality.ReleasedBy;
import dev.papertape.contracts.quality.StreamCounts;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator may do with a quarantined record, and what the guard says when asked again. */
abstract class QuarantineContract {
  private static final Venue VENUE = new Venue("BINANCE");
  private static final Symbol BTC = new Symbol("BTC-USDT");
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Reexaminer GUARDS =
      new Reexaminer(
          QualityPolicy.DEFAULT,
          Map.of(VENUE, WireProtocol.BINANCE_SPOT),
          text -> MemoryLog.json().read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class));

  private AggregateTestFixture<QuarantineAggregate> fixture;

  @BeforeEach
  void aggregate() {
    fixture = new AggregateTestFixture<>(QuarantineAggregate.class);
    fixture.registerCommandTargetResolver(QuarantineContract::target);
    fixture.registerInjectableResource(GUARDS);
  }

  @Test
  void releasesAgainstTheGuardAndSaysSo() {
    RecordQuarantined spike = spike("21000", "1000");
    fixture
        .given(spike)
        .when(new ReleaseQuarantined("q-1", "a whale"))
        .expectEvents(
            new QuarantineReleased(
                "q-1",
                VENUE,
                BTC,
                Channel.L2,
                1,
                ReleasedBy.OPERATOR,
                "a whale",
                new Reexamination(
                    Verdict.STILL_BAD, QualityReason.DEPTH_SPIKE, "bid of 21000 where 1000")));
  }

  @Test
  void discards() {
    fixture
        .given(spike("21000", "1000"))
        .when(new DiscardQuarantined("q-1", "a glitch"))
        .expectEvents(
            new QuarantineDiscarded(
                "q-1", VENUE, BTC, Channel.L2, 1, DiscardedBy.OPERATOR, "a glitch"));
  }

  @Test
  void decidesOnce() {
    QuarantineReleased released =
        new QuarantineReleased(
            "q-1",
            VENUE,
            BTC,
            Channel.L2,
            1,
            ReleasedBy.OPERATOR,
            "why",
            new Reexamination(Verdict.PASS, null, "passes"));
    fixture
        .given(spike("21000", "1000"), released)
        .when(new DiscardQuarantined("q-1", "second thoughts"))
        .expectException(WrongQuarantineState.class)
        .expectNoEvents();
  }

  @Test
  void whatTheGuardPassesNowIsNoOverride() {
    assertThat(verdict(spike("20000", "1000"))).isEqualTo(Verdict.PASS);
    assertThat(verdict(spike("20001", "1000"))).isEqualTo(Verdict.STILL_BAD);
  }

  @Test
  void barIsLookedAtAgain() {
    Bar broken = bar("101", "100", "99");
    Bar whole = bar("100", "101", "99");
    assertThat(verdict(held(broken, QualityReason.OHLC_INCONSISTENT))).isEqualTo(Verdict.STILL_BAD);
    assertThat(verdict(held(whole, QualityReason.OHLC_INCONSISTENT))).isEqualTo(Verdict.PASS);
    assertThat(verdict(held(whole, QualityReason.SPIKE)))
        .as("a spike is one among its neighbours")
        .isEqualTo(Verdict.NOT_POSSIBLE);
  }

  @Test
  void barIsReadBackAsItWasKept() {
    Bar bar = bar("100.10", "101", "99.0");
    JsonNode text =
        MemoryLog.json()
            .read(BarText.of(bar, BTC).text().getBytes(StandardCharsets.UTF_8), JsonNode.class);
    assertThat(BarText.read(text)).isEqualTo(bar);
  }

  private static Bar bar(String open, String high, String low) {
    return new Bar(
        AT,
        new BigDecimal(open),
        new BigDecimal(high),
        new BigDecimal(low),
        new BigDecimal("100"),
        new BigDecimal("3"),
        null,
        null);
  }

  private static RecordQuarantined held(Bar bar, QualityReason reason) {
    RecordQuarantined spike = spike("21000", "1000");
    RawText raw = BarText.of(bar, BTC);
    return new RecordQuarantined(
        "q-2",
        VENUE,
        BTC,
        Channel.OHLCV,
        reason,
        "a bar",
        Map.of(),
        RawEncoding.DECODED,
        raw.text(),
        raw.bytes(),
        raw.sha256(),
        List.of(),
        spike.counts(),
        1,
        7,
        AT.plusSeconds(60),
        AT.plusSeconds(60));
  }

  @Test
  void frameIsDecodedAgain() {
    String frame =
        "{\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":1,\"s\":\"BTCUSDT\",\"U\":1,\"u\":2,\"b\":[],\"a\":[]}}";
    assertThat(verdict(frame(frame))).isEqualTo(Verdict.PASS);
    assertThat(verdict(frame(frame.substring(0, 80)))).isEqualTo(Verdict.STILL_BAD);
  }

  @Test
  void cutRecordCannotBeExamined() {
    String longFrame = "{\"x\":\"" + "y".repeat(20_000);
    assertThat(verdict(frame(longFrame))).isEqualTo(Verdict.NOT_POSSIBLE);
  }

  @Test
  void tradeIsHeldAgainstWhatItWasHeldAgainstThen() {
    String trade = "{\"price\":\"106.00\",\"quantity\":\"1\",\"tradeId\":\"7\"}";
    assertThat(verdict(trade(QualityReason.TRADE_FAR_FROM_BOOK, trade, Map.of("mid", "100"))))
        .isEqualTo(Verdict.STILL_BAD);
    assertThat(verdict(trade(QualityReason.TRADE_FAR_FROM_BOOK, trade, Map.of("mid", "103"))))
        .isEqualTo(Verdict.PASS);
    assertThat(verdict(trade(QualityReason.OFF_TICK, trade, Map.of("tickSize", "0.25"))))
        .isEqualTo(Verdict.PASS);
    assertThat(verdict(trade(QualityReason.OFF_TICK, trade, Map.of("tickSize", "0.4"))))
        .as("265 ticks of 0.4 are 106, so it lies on that grid")
        .isEqualTo(Verdict.PASS);
    assertThat(verdict(trade(QualityReason.OFF_TICK, trade, Map.of("tickSize", "0.3"))))
        .isEqualTo(Verdict.STILL_BAD);
    assertThat(verdict(trade(QualityReason.OUT_OF_ORDER, trade, Map.of("newestId", "9"))))
        .isEqualTo(Verdict.STILL_BAD);
  }

  private static Verdict verdict(RecordQuarantined record) {
    return GUARDS.examine(record).verdict();
  }

  private static RecordQuarantined spike(String value, String usual) {
    return record(
        Channel.L2,
        QualityReason.DEPTH_SPIKE,
        "bid of " + value + " where " + usual,
        Map.of("measured", "bid", "value", value, "usual", usual),
        RawEncoding.DECODED,
        "{\"bids\":[]}");
  }

  private static RecordQuarantined frame(String text) {
    return record(Channel.L2, QualityReason.SCHEMA, "cut off", Map.of(), RawEncoding.WIRE, text);
  }

  private static RecordQuarantined trade(
      QualityReason reason, String text, Map<String, String> evidence) {
    return record(Channel.TRADES, reason, "bad", evidence, RawEncoding.DECODED, text);
  }

  private static RecordQuarantined record(
      Channel channel,
      QualityReason reason,
      String detail,
      Map<String, String> evidence,
      RawEncoding encoding,
      String text) {
    RawText raw = RawText.of(text);
    return new RecordQuarantined(
        "q-1",
        VENUE,
        BTC,
        channel,
        reason,
        detail,
        evidence,
        encoding,
        raw.text(),
        raw.bytes(),
        raw.sha256(),
        List.of(),
        StreamCounts.none(BTC, channel),
        1,
        1,
        AT,
        AT);
  }

  private static VersionedAggregateIdentifier target(CommandMessage<?> message) {
    return new VersionedAggregateIdentifier(
        ((QuarantineCommand) message.getPayload()).aggregateId(), null);
  }
}
