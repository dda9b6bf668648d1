package dev.papertape.command.chaos.fault;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** True quantities of one book's levels that the client has wrong, multiplied by a spike. */
final class SpikedLevels {
  /** Where a level is; the price without trailing zeros. */
  record Place(boolean bid, BigDecimal price) {
    static Place of(boolean bid, BigDecimal price) {
      return new Place(bid, price.stripTrailingZeros());
    }
  }

  private final Map<Place, BigDecimal> truths = new HashMap<>();

  /**
   * Multiplies what the message says.
   *
   * @return which levels it had
   */
  Set<Place> spike(DepthMessage part, ArmedFault fault) {
    Set<Place> said = new HashSet<>();
    part.edit(
        (bid, price, quantity) -> {
          Place place = Place.of(bid, price);
          said.add(place);
          were(place, quantity);
          return fault.multiplied(quantity);
        });
    return said;
  }

  /** Adds the best levels that the message does not have, multiplied too. */
  void spikeRest(DepthMessage part, Set<Place> said, TrueLevels truth, ArmedFault fault) {
    truth.best(
        StreamTamper.SPIKED_DEPTH,
        (bid, price, quantity) -> {
          Place place = Place.of(bid, price);
          if (!said.contains(place)) {
            were(place, quantity);
            part.append(bid, price, fault.multiplied(quantity));
          }
        });
  }

  /** A removed level is removed whatever it is multiplied by. */
  private void were(Place place, BigDecimal quantity) {
    if (quantity.signum() == 0) {
      truths.remove(place);
    } else {
      truths.put(place, quantity);
    }
  }

  /**
   * Brings the true quantities of all that were multiplied and not sent since.
   *
   * @return whether anything was left to bring
   */
  boolean settleIn(List<DepthMessage> parts) {
    for (DepthMessage part : parts) {
      part.edit(
          (bid, price, quantity) -> {
            truths.remove(Place.of(bid, price));
            return quantity;
          });
    }
    DepthMessage last = parts.getLast();
    truths.forEach((place, truth) -> last.append(place.bid, place.price, truth));
    return !truths.isEmpty();
  }
}
