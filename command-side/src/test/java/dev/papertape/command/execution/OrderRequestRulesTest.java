package dev.papertape.command.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.papertape.command.market.Scale;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.eventstore.contract.Contract;
import dev.papertape.eventstore.contract.Contracts;
import dev.papertape.eventstore.web.JsonBody;
import dev.papertape.eventstore.web.ProblemException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderRequestRulesTest {
  private static final Contract CONTRACT = Contracts.onClassPath().get("order-request", 1);
  private static final Symbol BTC = new Symbol("BTC-USDT");
  private final OrderRequestRules rules =
      new OrderRequestRules(
          () -> Map.of(BTC, new Scale(2, 5), new Symbol("ETH-USDT"), new Scale(2, 4)));

  @Test
  void the_least_an_order_needs_is_symbol_side_and_quantity() {
    OrderIntent intent = read("{'symbol':'BTC-USDT','side':'BUY','quantity':'0.05'}");
    assertThat(intent)
        .isEqualTo(
            new OrderIntent(
                BTC,
                Side.BUY,
                new BigDecimal("0.05"),
                null,
                TimeInForce.IOC,
                OrderIntent.MANUAL,
                null));
  }

  @Test
  void every_member_is_taken_over() {
    OrderIntent intent =
        read(
            "{'symbol':'BTC-USDT','side':'SELL','quantity':0.00001,'limitPrice':'61000.01',"
                + "'timeInForce':'GTC','alphaId':'mean-rev:1','clientOrderId':'mine/1'}");
    assertThat(intent)
        .isEqualTo(
            new OrderIntent(
                BTC,
                Side.SELL,
                new BigDecimal("0.00001"),
                new BigDecimal("61000.01"),
                TimeInForce.GTC,
                "mean-rev:1",
                "mine/1"));
  }

  @Test
  void trailing_zeros_are_not_precision() {
    OrderIntent read =
        read(
            "{'symbol':'BTC-USDT','side':'BUY','quantity':'0.1"
                + "0".repeat(50)
                + "','limitPrice':'70000."
                + "0".repeat(50)
                + "'}");
    assertThat(read.quantity()).isEqualTo(new BigDecimal("0.1"));
    assertThat(read.limitPrice()).isEqualTo(new BigDecimal("70000"));
  }

  @Test
  void everything_wrong_is_named_at_once() {
    assertThat(
            violations(
                "{'symbol':'DOGE-USDT','side':'HOLD','quantity':0,'limitPrice':-1,"
                    + "'timeInForce':'FOK','alphaId':'a b','clientOrderId':'"
                    + "x".repeat(65)
                    + "','price':1}"))
        .containsExactlyInAnyOrder(
            "/symbol UNKNOWN_SYMBOL",
            "/side UNKNOWN_VALUE",
            "/quantity NOT_POSITIVE",
            "/limitPrice NOT_POSITIVE",
            "/timeInForce UNKNOWN_VALUE",
            "/alphaId PATTERN",
            "/clientOrderId LENGTH",
            "/price UNKNOWN_FIELD");
  }

  @Test
  void precision_is_the_symbols_own_finest_lot_and_tick() {
    assertThat(
            violations(
                "{'symbol':'ETH-USDT','side':'BUY','quantity':'0.00001','limitPrice':'1.001'}"))
        .containsExactly("/quantity TOO_PRECISE", "/limitPrice TOO_PRECISE");
  }

  @Test
  void what_does_not_fit_a_scaled_long_is_out_of_range() {
    // 10^13 units at 5 decimals have 19 digits; one digit less has 18 and fits.
    assertThat(violations("{'symbol':'BTC-USDT','side':'BUY','quantity':'10000000000000'}"))
        .containsExactly("/quantity OUT_OF_RANGE");
    assertThat(read("{'symbol':'BTC-USDT','side':'BUY','quantity':'9999999999999'}").quantity())
        .isEqualByComparingTo("9999999999999");
  }

  @Test
  void an_order_that_rests_needs_a_limit() {
    assertThat(violations("{'symbol':'BTC-USDT','side':'BUY','quantity':'1','timeInForce':'GTC'}"))
        .containsExactly("/limitPrice MISSING");
    assertThat(
            violations(
                "{'symbol':'BTC-USDT','side':'BUY','quantity':'1','timeInForce':'GTC',"
                    + "'limitPrice':'x'}"))
        .containsExactly("/limitPrice NOT_A_DECIMAL");
  }

  @Test
  void the_order_that_rests_is_told_why_it_needs_a_limit() {
    for (String limit : List.of("", ",'limitPrice':null")) {
      var refused =
          refusal(
              "{'symbol':'BTC-USDT','side':'BUY','quantity':'1','timeInForce':'GTC'" + limit + "}");
      assertThat(refused.problem().errors().getFirst().message()).endsWith("with timeInForce GTC");
    }
  }

  @Test
  void an_unknown_symbol_is_answered_with_the_known_ones() {
    var refused = refusal("{'symbol':'btc-usdt','side':'BUY','quantity':1}");
    assertThat(refused.problem().errors().getFirst().message()).contains("BTC-USDT, ETH-USDT");
  }

  private OrderIntent read(String json) {
    return new JsonBody(json.replace('\'', '"').getBytes(UTF_8), CONTRACT)
        .read(OrderRequestRules::intent, rules.now());
  }

  private ProblemException refusal(String json) {
    return catchThrowableOfType(ProblemException.class, () -> read(json));
  }

  private List<String> violations(String json) {
    return refusal(json).problem().errors().stream()
        .map(violation -> violation.pointer() + " " + violation.code())
        .toList();
  }
}
