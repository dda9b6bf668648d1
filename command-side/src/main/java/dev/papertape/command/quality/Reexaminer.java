package dev.papertape.command.quality;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.WireDecimal;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.command.market.recorded.Wires;
import dev.papertape.command.quality.ohlcv.LoneBar;
import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.QualityEvent.RecordQuarantined;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.contracts.quality.RawEncoding;
import dev.papertape.contracts.quality.Reexamination;
import dev.papertape.contracts.quality.Reexamination.Verdict;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks the guard that put a record aside once more, on the record as it was kept and on what the
 * guard had looked at beside it. Pure.
 */
public final class Reexaminer {
  private final QualityPolicy policy;
  private final Map<Venue, WireProtocol> wires;
  private final Function<String, JsonNode> json;

  /**
   * @param wires what the venues speak that this process knows
   * @param json reads a text as JSON
   */
  public Reexaminer(
      QualityPolicy policy, Map<Venue, WireProtocol> wires, Function<String, JsonNode> json) {
    this.policy = policy;
    this.wires = Map.copyOf(wires);
    this.json = json;
  }

  public Reexamination examine(RecordQuarantined record) {
    if (!record.hasWholeRecord()) {
      return notPossible(
          "only %d characters of %d bytes were kept"
              .formatted(record.raw().length(), record.rawBytes()));
    }
    if (record.encoding() == RawEncoding.WIRE) {
      return frame(record);
    }
    return switch (record.channel()) {
      case L2 -> book(record);
      case TRADES -> trade(record);
      case OHLCV -> bar(record);
    };
  }

  private Reexamination frame(RecordQuarantined record) {
    WireProtocol wire = wires.get(record.venue());
    if (wire == null) {
      return notPossible("what " + record.venue() + " speaks is not known here");
    }
    byte[] text = record.raw().getBytes(StandardCharsets.UTF_8);
    VenueInput decoded =
        Wires.decoder(wire, Wires.names(wire))
            .decode(
                new Arrival(record.venue(), record.receivedAt(), 0, record.frame()),
                text,
                0,
                text.length);
    return decoded instanceof VenueInput.MalformedFrame malformed
        ? new Reexamination(Verdict.STILL_BAD, QualityReason.SCHEMA, malformed.reason())
        : new Reexamination(Verdict.PASS, null, "the frame parses");
  }

  private Reexamination book(RecordQuarantined record) {
    Map<String, String> seen = record.evidence();
    for (BookRule rule : BookRule.values()) {
      if (rule.reason() == record.reason()) {
        long value = Long.parseLong(seen.getOrDefault("value", "0"));
        long usual = Long.parseLong(seen.getOrDefault("usual", "0"));
        return rule.trips(value, usual, policy)
            ? stillBad(record, record.detail())
            : pass("%d is within the limits around %d".formatted(value, usual));
      }
    }
    return notPossible("no guard of books finds " + record.reason());
  }

  private Reexamination bar(RecordQuarantined record) {
    Optional<LoneBar.Fault> fault =
        LoneBar.fault(
            BarText.read(json.apply(record.raw())),
            CandleInterval.ONE_MINUTE.length(),
            record.receivedAt());
    if (fault.isPresent()) {
      return new Reexamination(Verdict.STILL_BAD, fault.get().reason(), fault.get().detail());
    }
    return LoneBar.isJudgedAlone(record.reason())
        ? pass("the bar passes")
        : notPossible("the guard of " + record.reason() + " judges a bar among those around it");
  }

  private Reexamination trade(RecordQuarantined record) {
    JsonNode trade = json.apply(record.raw());
    WireDecimal price = WireDecimal.of(trade.path("price").asText());
    WireDecimal quantity = WireDecimal.of(trade.path("quantity").asText());
    Map<String, String> seen = record.evidence();
    return switch (record.reason()) {
      case NON_POSITIVE_PRICE -> verdict(record, price.mantissa() <= 0);
      case NEGATIVE_QUANTITY -> verdict(record, quantity.mantissa() <= 0);
      case OFF_TICK ->
          verdict(
              TradeGuard.offGrid(record.reason(), TradeGuard.TICK_SIZE, price, step(seen, true)));
      case OFF_LOT ->
          verdict(
              TradeGuard.offGrid(
                  record.reason(), TradeGuard.LOT_SIZE, quantity, step(seen, false)));
      case TRADE_FAR_FROM_BOOK ->
          verdict(
              TradeGuard.judgeDistance(
                  price.toBigDecimal(),
                  new BigDecimal(seen.getOrDefault(TradeGuard.MID, "1")),
                  policy));
      case DUPLICATE, OUT_OF_ORDER ->
          verdict(
              record,
              trade.path("tradeId").asLong()
                  <= Long.parseLong(seen.getOrDefault(TradeOrder.NEWEST_ID, "0")));
      default -> notPossible("no guard of single trades finds " + record.reason());
    };
  }

  private static BigDecimal step(Map<String, String> seen, boolean tick) {
    return new BigDecimal(
        seen.getOrDefault(tick ? TradeGuard.TICK_SIZE : TradeGuard.LOT_SIZE, "1"));
  }

  private static Reexamination verdict(@Nullable Finding found) {
    return found == null
        ? pass("the trade passes")
        : new Reexamination(Verdict.STILL_BAD, found.reason(), found.detail());
  }

  private static Reexamination verdict(RecordQuarantined record, boolean bad) {
    return bad ? stillBad(record, record.detail()) : pass("the trade passes");
  }

  private static Reexamination stillBad(RecordQuarantined record, String detail) {
    return new Reexamination(Verdict.STILL_BAD, record.reason(), detail);
  }

  private static Reexamination pass(String detail) {
    return new Reexamination(Verdict.PASS, null, detail);
  }

  private static Reexamination notPossible(String why) {
    return new Reexamination(Verdict.NOT_POSSIBLE, null, why);
  }
}
