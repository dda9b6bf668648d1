package dev.papertape.command.chaos.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.papertape.command.chaos.fault.Outcome.Drop;
import dev.papertape.command.chaos.fault.Outcome.Pass;
import dev.papertape.command.chaos.fault.Outcome.Replace;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.chaos.ChaosType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the faults do to one connection's messages, in their order. A message that no fault is about
 * is not even looked at, except Kraken's: of its books a copy is kept, of what was forwarded, since
 * only that tells whether a loss shows. Not thread-safe: one connection, one reader at a time.
 */
public final class StreamTamper {
  private static final int USUAL_DEPTH = 10;

  private final WireProtocol wire;
  private final DepthWire depth;
  private final Map<String, KrakenCopy> copies = new HashMap<>();
  private final Map<String, SpikedLevels> spiked = new HashMap<>();
  private volatile int subscribedDepth = USUAL_DEPTH;

  public StreamTamper(WireProtocol wire) {
    this.wire = wire;
    this.depth = DepthWire.of(wire);
  }

  /** Whether every message of the venue must be shown, faults or not. */
  public boolean watchesVenue() {
    return wire == WireProtocol.KRAKEN || !spiked.isEmpty();
  }

  /** Whether every message of the client must be shown. */
  public boolean watchesClient() {
    return wire == WireProtocol.KRAKEN;
  }

  /** A whole message that the client sends: what depth it subscribes to matters on Kraken. */
  public void clientSaid(byte[] text) {
    if (wire == WireProtocol.KRAKEN) {
      ObjectNode message = WireJson.read(text);
      JsonNode parameters = message == null ? null : message.path("params");
      if (parameters != null && parameters.path("channel").asText().equals("book")) {
        subscribedDepth = parameters.path("depth").asInt(USUAL_DEPTH);
      }
    }
  }

  /** A whole message that the venue sends. */
  public Outcome venueSaid(byte[] text, List<ArmedFault> armed, Instant now) {
    List<ArmedFault> active = armed.stream().filter(fault -> fault.isActive(now)).toList();
    if (active.isEmpty() && !watchesVenue()) {
      return Pass.AS_IT_IS;
    }
    ObjectNode message = WireJson.read(text);
    if (message == null) {
      return Pass.AS_IT_IS;
    }
    for (ArmedFault fault : active) {
      if (fault.plan().type() == ChaosType.L2_GAP && isLost(message, fault)) {
        fault.hit();
        return Drop.IT;
      }
    }
    boolean changed = false;
    for (ArmedFault fault : active) {
      changed |= fault.plan().type() == ChaosType.DEPTH_SPIKE && isSpiked(message, fault);
    }
    changed |= settle(message, active);
    if (wire == WireProtocol.KRAKEN) {
      forward(message, changed);
    }
    return changed ? new Replace(WireJson.write(message)) : Pass.AS_IT_IS;
  }

  /** A snapshot is never lost: it would make good what was. */
  private boolean isLost(ObjectNode message, ArmedFault fault) {
    String symbol = symbolOf(fault).orElse("");
    List<DepthMessage> parts = depth.of(message, symbol);
    if (parts.isEmpty()) {
      return false;
    }
    boolean whole = parts.stream().anyMatch(DepthMessage::isSnapshot);
    if (!whole && fault.takeOneToDrop()) {
      return true;
    }
    if (fault.hits() == 0 || fault.isShown()) {
      return false;
    }
    boolean hidden = !whole && staysHidden(parts, symbol);
    if (!hidden) {
      fault.show();
    }
    return hidden;
  }

  /**
   * Whether this message's checksum would still fit the client's book, so that nothing shows yet.
   * Only Kraken's can: other wires number their messages.
   */
  private boolean staysHidden(List<DepthMessage> parts, String symbol) {
    KrakenCopy copy = copies.get(symbol);
    return copy != null && parts.getFirst() instanceof KrakenDepth next && copy.stillFits(next);
  }

  private boolean isSpiked(ObjectNode message, ArmedFault fault) {
    String symbol = symbolOf(fault).orElse("");
    boolean changed = false;
    for (DepthMessage part : depth.of(message, symbol)) {
      if (!part.isSnapshot()) {
        SpikedLevels levels = spiked.computeIfAbsent(symbol, _ -> new SpikedLevels());
        part.edit(
            (bid, price, quantity) -> {
              levels.were(bid, price, quantity);
              return fault.multiplied(quantity);
            });
        changed = true;
      }
    }
    if (changed) {
      fault.hit();
    }
    return changed;
  }

  /**
   * The undo of a spike: the first message after it brings the true quantities of all levels that
   * were multiplied and not sent since. Kraken's next checksum makes the client start over anyway.
   */
  private boolean settle(ObjectNode message, List<ArmedFault> active) {
    boolean changed = false;
    for (String symbol : List.copyOf(spiked.keySet())) {
      boolean over =
          active.stream()
              .noneMatch(
                  fault ->
                      fault.plan().type() == ChaosType.DEPTH_SPIKE
                          && symbolOf(fault).equals(Optional.of(symbol)));
      List<DepthMessage> parts = over ? depth.of(message, symbol) : List.of();
      if (!parts.isEmpty()) {
        SpikedLevels levels = Objects.requireNonNull(spiked.remove(symbol));
        if (wire != WireProtocol.KRAKEN && !parts.getLast().isSnapshot()) {
          changed |= levels.settleIn(parts);
        }
      }
    }
    return changed;
  }

  private void forward(ObjectNode message, boolean changed) {
    for (KrakenDepth book : KrakenDepth.all(message)) {
      KrakenCopy copy =
          copies.compute(
              book.symbol(),
              (_, before) ->
                  before == null || book.isSnapshot() ? new KrakenCopy(subscribedDepth) : before);
      copy.apply(book);
      if (changed) {
        book.checksum(copy.checksum());
      }
    }
  }

  private static Optional<String> symbolOf(ArmedFault fault) {
    return Optional.ofNullable(fault.plan().target().symbol()).map(DepthWire::bare);
  }

  /** True quantities of levels that the client has wrong. */
  private static final class SpikedLevels {
    private record Place(boolean bid, BigDecimal price) {}

    private final Map<Place, BigDecimal> truths = new HashMap<>();

    /** A removed level is removed whatever it is multiplied by. */
    void were(boolean bid, BigDecimal price, BigDecimal quantity) {
      Place place = new Place(bid, price.stripTrailingZeros());
      if (quantity.signum() == 0) {
        truths.remove(place);
      } else {
        truths.put(place, quantity);
      }
    }

    boolean settleIn(List<DepthMessage> parts) {
      for (DepthMessage part : parts) {
        part.edit(
            (bid, price, quantity) -> {
              truths.remove(new Place(bid, price.stripTrailingZeros()));
              return quantity;
            });
      }
      DepthMessage last = parts.getLast();
      truths.forEach((place, truth) -> last.append(place.bid, place.price, truth));
      return !truths.isEmpty();
    }
  }
}
