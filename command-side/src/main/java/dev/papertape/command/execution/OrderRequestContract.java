package dev.papertape.command.execution;

import static dev.papertape.eventstore.web.DecimalRules.decimals;
import static dev.papertape.eventstore.web.DecimalRules.positiveDecimal;
import static dev.papertape.eventstore.web.Field.optional;
import static dev.papertape.eventstore.web.Field.required;
import static dev.papertape.eventstore.web.JsonRules.oneOf;
import static dev.papertape.eventstore.web.JsonRules.text;

import dev.papertape.command.market.Scale;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.eventstore.web.BodyContract;
import dev.papertape.eventstore.web.Field;
import dev.papertape.eventstore.web.Parsed;
import dev.papertape.eventstore.web.Violations;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What {@code POST /api/orders} reads. A quantity with more decimals than the symbol's finest lot,
 * or a limit with more than its finest tick, breaks the contract; being off one venue's own steps
 * is that venue's gate and no matter of this class.
 */
public final class OrderRequestContract {
  /** Digits of a scaled {@code long}: 10^18 is below 2^63. */
  private static final int SCALED_DIGITS = 18;

  private static final Field<String> SYMBOL = required("symbol", text(1, 64));
  private static final Field<Side> SIDE = required("side", oneOf(Side.class));
  private static final Field<BigDecimal> QUANTITY = required("quantity", positiveDecimal());
  private static final Field<BigDecimal> LIMIT_PRICE = optional("limitPrice", positiveDecimal());
  private static final Field<TimeInForce> TIME_IN_FORCE =
      optional("timeInForce", oneOf(TimeInForce.class));
  private static final Field<String> ALPHA_ID =
      optional(
          "alphaId",
          text(
              Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:-]{0,63}"),
              "1 to 64 characters of A-Z a-z 0-9 _ . : - that start with a letter, digit or _",
              64));
  private static final Field<String> CLIENT_ORDER_ID = optional("clientOrderId", text(1, 64));

  private final Supplier<Map<Symbol, Scale>> instruments;

  /**
   * @param instruments the symbols that can be traded now, each with the decimals of its finest lot
   *     and tick over all venues
   */
  public OrderRequestContract(Supplier<Map<Symbol, Scale>> instruments) {
    this.instruments = instruments;
  }

  /** The contract with the symbols as they are known now. */
  public BodyContract<OrderIntent> now() {
    Map<Symbol, Scale> known = Map.copyOf(instruments.get());
    return BodyContract.of(
            OrderRequestContract::intent,
            SYMBOL,
            SIDE,
            QUANTITY,
            LIMIT_PRICE,
            TIME_IN_FORCE,
            ALPHA_ID,
            CLIENT_ORDER_ID)
        .with((parsed, pointer, violations) -> checkInstrument(known, parsed, violations))
        .with((parsed, pointer, violations) -> checkLimitOfGtc(parsed, violations));
  }

  private static OrderIntent intent(Parsed parsed) {
    return new OrderIntent(
        new Symbol(parsed.get(SYMBOL)),
        parsed.get(SIDE),
        parsed.get(QUANTITY),
        parsed.find(LIMIT_PRICE).orElse(null),
        parsed.find(TIME_IN_FORCE).orElse(TimeInForce.IOC),
        parsed.find(ALPHA_ID).orElse(OrderIntent.MANUAL),
        parsed.find(CLIENT_ORDER_ID).orElse(null));
  }

  private static void checkInstrument(
      Map<Symbol, Scale> known, Parsed parsed, Violations violations) {
    Optional<String> name = parsed.find(SYMBOL);
    if (name.isEmpty()) {
      return;
    }
    for (Map.Entry<Symbol, Scale> instrument : known.entrySet()) {
      if (instrument.getKey().value().equals(name.get())) {
        Scale scale = instrument.getValue();
        parsed
            .find(QUANTITY)
            .ifPresent(q -> checkDecimals(QUANTITY, q, scale.quantityDecimals(), violations));
        parsed
            .find(LIMIT_PRICE)
            .ifPresent(p -> checkDecimals(LIMIT_PRICE, p, scale.priceDecimals(), violations));
        return;
      }
    }
    violations.add(
        "/symbol",
        "UNKNOWN_SYMBOL",
        "must be a symbol that is traded here: " + names(known),
        name.get());
  }

  private static void checkDecimals(
      Field<BigDecimal> field, BigDecimal value, int finest, Violations violations) {
    String pointer = "/" + field.name();
    if (decimals(value) > finest) {
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

  private static void checkLimitOfGtc(Parsed parsed, Violations violations) {
    boolean rests = parsed.find(TIME_IN_FORCE).filter(t -> t == TimeInForce.GTC).isPresent();
    if (rests && !parsed.wasGiven(LIMIT_PRICE)) {
      violations.add("/limitPrice", "MISSING", "is required with timeInForce GTC", null);
    }
  }

  private static String names(Map<Symbol, Scale> known) {
    return String.join(", ", new TreeSet<>(known.keySet()).stream().map(Symbol::value).toList());
  }
}
