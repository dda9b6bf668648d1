package dev.papertape.command.execution;

import dev.papertape.command.market.Scale;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.eventstore.contract.InputDecimal;
import dev.papertape.eventstore.web.BodyRule;
import dev.papertape.eventstore.web.Members;
import dev.papertape.eventstore.web.Violations;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What the contract {@code order-request} cannot say of a body of {@code POST /api/orders}: which
 * symbols are traded now, and how fine. A quantity with more decimals than the symbol's finest lot,
 * or a limit with more than its finest tick, is refused; being off one venue's own steps is that
 * venue's gate and no matter of this class.
 */
public final class OrderRequestRules {
  /** Digits of a scaled {@code long}: 10^18 is below 2^63. */
  private static final int SCALED_DIGITS = 18;

  private static final String SYMBOL = "symbol";
  private static final String QUANTITY = "quantity";
  private static final String LIMIT_PRICE = "limitPrice";

  private final Supplier<Map<Symbol, Scale>> instruments;

  /**
   * @param instruments the symbols that can be traded now, each with the decimals of its finest lot
   *     and tick over all venues
   */
  public OrderRequestRules(Supplier<Map<Symbol, Scale>> instruments) {
    this.instruments = instruments;
  }

  /** The rule with the symbols as they are known now. */
  public BodyRule now() {
    Map<Symbol, Scale> known = Map.copyOf(instruments.get());
    return (order, violations) -> check(known, order, violations);
  }

  /** What a body asks for that keeps contract and rule. */
  public static OrderIntent intent(Members order) {
    return new OrderIntent(
        new Symbol(order.text(SYMBOL)),
        order.oneOf("side", Side.class),
        order.decimal(QUANTITY),
        order.findDecimal(LIMIT_PRICE).orElse(null),
        order.findOneOf("timeInForce", TimeInForce.class).orElse(TimeInForce.IOC),
        order.findText("alphaId").orElse(OrderIntent.MANUAL),
        order.findText("clientOrderId").orElse(null));
  }

  private static void check(Map<Symbol, Scale> known, Members order, Violations violations) {
    Optional<String> name = order.findText(SYMBOL);
    if (name.isEmpty()) {
      return;
    }
    for (Map.Entry<Symbol, Scale> instrument : known.entrySet()) {
      if (instrument.getKey().value().equals(name.get())) {
        Scale scale = instrument.getValue();
        checkDecimals(order, QUANTITY, scale.quantityDecimals(), violations);
        checkDecimals(order, LIMIT_PRICE, scale.priceDecimals(), violations);
        return;
      }
    }
    violations.add(
        "/symbol",
        "UNKNOWN_SYMBOL",
        "must be a symbol that is traded here: " + names(known),
        name.get());
  }

  private static void checkDecimals(Members order, String name, int finest, Violations violations) {
    order
        .findDecimal(name)
        .ifPresent(value -> checkDecimals("/" + name, value, finest, violations));
  }

  private static void checkDecimals(
      String pointer, BigDecimal value, int finest, Violations violations) {
    if (InputDecimal.decimals(value) > finest) {
      violations.add(
          pointer,
          "TOO_PRECISE",
          "must have at most " + finest + " decimals for this symbol",
          value.toPlainString());
    } else if (value.precision() - value.scale() + finest > SCALED_DIGITS) {
      violations.add(
          pointer,
          "OUT_OF_RANGE",
          "must be smaller than 10^" + (SCALED_DIGITS - finest) + " for this symbol",
          value.toPlainString());
    }
  }

  private static String names(Map<Symbol, Scale> known) {
    return String.join(", ", new TreeSet<>(known.keySet()).stream().map(Symbol::value).toList());
  }
}
