package dev.papertape.command.chaos.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.papertape.command.chaos.fault.Outcome.Drop;
import dev.papertape.command.chaos.fault.Outcome.Pass;
import dev.papertape.command.chaos.fault.Outcome.Replace;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.chaos.ChaosType;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the faults do to one connection's messages, in their order. Of every book the true levels
 * are kept, since a spike is one of the whole book; of Kraken's also a copy of what was forwarded,
 * since only that tells whether a loss shows. A message that no fault is about goes on byte for
 * byte. Not thread-safe: one connection, one reader at a time.
 */
public final class StreamTamper {
  private static final int USUAL_DEPTH = 10;

  /** Levels a side that a spike multiplies at once: as many as the guards add up. */
  static final int SPIKED_DEPTH = 100;

  private final WireProtocol wire;
  private final DepthWire depth;
  private final Map<String, KrakenCopy> copies = new HashMap<>();
  private final Map<String, TrueLevels> truths = new HashMap<>();
  private final Map<String, SpikedLevels> spiked = new HashMap<>();

  /** Kraken's books of which the client may have something else than the venue. */
  private final Set<String> wronged = new HashSet<>();

  /** Experiments whose spike has struck the whole book here. */
  private final Set<String> struck = new HashSet<>();

  private volatile int subscribedDepth = USUAL_DEPTH;

  public StreamTamper(WireProtocol wire) {
    this.wire = wire;
    this.depth = DepthWire.of(wire);
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
    ObjectNode message = WireJson.read(text);
    if (message == null) {
      return Pass.AS_IT_IS;
    }
    learn(message);
    List<ArmedFault> active = armed.stream().filter(fault -> fault.isActive(now)).toList();
    if (active.isEmpty()) {
      struck.clear();
    }
    for (ArmedFault fault : active) {
      if (fault.plan().type() == ChaosType.L2_GAP && isLost(message, fault)) {
        fault.hit();
        symbolOf(fault).ifPresent(wronged::add);
        return Drop.IT;
      }
    }
    boolean changed = false;
    for (ArmedFault fault : active) {
      changed |= fault.plan().type() == ChaosType.DEPTH_SPIKE && isSpiked(message, fault);
    }
    boolean settled = wire == WireProtocol.KRAKEN ? heal(message, active) : settle(message, active);
    if (wire == WireProtocol.KRAKEN) {
      forward(message, changed);
    }
    return changed || settled ? new Replace(WireJson.write(message)) : Pass.AS_IT_IS;
  }

  private void learn(ObjectNode message) {
    int told = wire == WireProtocol.KRAKEN ? subscribedDepth : TrueLevels.MOST_KEPT;
    for (DepthMessage part : depth.all(message)) {
      truths.computeIfAbsent(part.symbol(), _ -> new TrueLevels()).apply(part, told);
    }
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
        Set<SpikedLevels.Place> said = levels.spike(part, fault);
        TrueLevels truth = truths.get(symbol);
        if (truth != null && struck.add(fault.plan().experimentId())) {
          levels.spikeRest(part, said, truth, fault);
        }
        changed = true;
      }
    }
    if (changed) {
      fault.hit();
      wronged.add(symbol);
    }
    return changed;
  }

  /**
   * The undo of a spike: the first message after it brings the true quantities of all levels that
   * were multiplied and not sent since.
   */
  private boolean settle(ObjectNode message, List<ArmedFault> active) {
    boolean changed = false;
    for (String symbol : List.copyOf(spiked.keySet())) {
      boolean over =
          strikes(active, symbol).noneMatch(fault -> fault.plan().type() == ChaosType.DEPTH_SPIKE);
      List<DepthMessage> parts = over ? depth.of(message, symbol) : List.of();
      if (!parts.isEmpty()) {
        SpikedLevels levels = Objects.requireNonNull(spiked.remove(symbol));
        if (!parts.getLast().isSnapshot()) {
          changed |= levels.settleIn(parts);
        }
      }
    }
    return changed;
  }

  /**
   * The undo of any fault on Kraken, whose checksums say nothing of what lies below the ten best:
   * the first message after it brings every level that the client has otherwise than the venue, and
   * carries the venue's own checksum.
   */
  private boolean heal(ObjectNode message, List<ArmedFault> active) {
    boolean changed = false;
    for (String symbol : List.copyOf(wronged)) {
      boolean over = strikes(active, symbol).findAny().isEmpty();
      List<DepthMessage> parts = over ? depth.of(message, symbol) : List.of();
      if (!parts.isEmpty()) {
        wronged.remove(symbol);
        spiked.remove(symbol);
        KrakenCopy copy = copies.get(symbol);
        TrueLevels truth = truths.get(symbol);
        if (copy != null
            && truth != null
            && truth.isWhole()
            && parts.getLast() instanceof KrakenDepth last
            && !last.isSnapshot()) {
          changed |= copy.healIn(last, truth);
        }
      }
    }
    return changed;
  }

  private static Stream<ArmedFault> strikes(List<ArmedFault> active, String symbol) {
    return active.stream()
        .filter(
            fault ->
                fault.plan().type() == ChaosType.DEPTH_SPIKE
                    || fault.plan().type() == ChaosType.L2_GAP)
        .filter(fault -> symbolOf(fault).equals(Optional.of(symbol)));
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
}
