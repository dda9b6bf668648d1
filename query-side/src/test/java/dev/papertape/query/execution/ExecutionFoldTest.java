package dev.papertape.query.execution;

import static dev.papertape.query.SampleEvents.BTC;
import static dev.papertape.query.SampleEvents.account;
import static dev.papertape.query.SampleEvents.at;
import static dev.papertape.query.SampleEvents.intent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.execution.ExecutionEvent.OrderEvent;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioMarked;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.OrderView;
import dev.papertape.contracts.execution.PositionMark;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.projection.Projection;
import dev.papertape.query.EmptyDatabase;
import dev.papertape.query.EventJson;
import dev.papertape.query.InMemoryRows;
import dev.papertape.query.SampleEvents;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ExecutionFoldTest {
  private static final OrderIntent TWO_BTC = intent(BTC, "2", "momentum");
  private final EventJson json = new EventJson(new CanonicalJson());
  private InMemoryRows rows = new InMemoryRows();
  private long position;

  /** Any interleaving of many orders' lives gives each order what its own stream alone gives. */
  @Property(tries = 200)
  void each_order_is_the_fold_of_its_own_stream(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 9) Integer> turns) throws Exception {
    rows = new InMemoryRows();
    var fold = open();
    fold.apply(logged("portfolio:paper", SampleEvents.reset(at(0))), rows);
    Map<String, List<DomainEvent>> streams = new TreeMap<>();
    for (int turn : turns) {
      List<DomainEvent> stream = streams.computeIfAbsent("o" + turn, o -> new ArrayList<>());
      List<DomainEvent> life = life("o" + turn, turn % 3);
      if (stream.size() < life.size()) {
        DomainEvent next = life.get(stream.size());
        stream.add(next);
        fold.apply(logged("order:o" + turn, next), rows);
      }
    }
    assertThat(rows.table("execution_order")).hasSameSizeAs(streams);
    streams.forEach(
        (orderId, events) -> {
          OrderView expected = null;
          for (DomainEvent event : events) {
            expected =
                event instanceof RouterEvent decided
                    ? OrderView.fold(expected, decided)
                    : OrderView.fold(expected, (OrderEvent) event);
          }
          assertThat(order(orderId)).isEqualTo(expected);
        });
  }

  @Test
  void between_marks_a_fill_moves_the_account_and_a_mark_replaces_it() throws Exception {
    var fold = open();
    fold.apply(logged("portfolio:paper", SampleEvents.reset(at(0))), rows);
    life("o1", 0).forEach(event -> fold.apply(logged("order:o1", event), rows));
    PortfolioView filled = portfolio();
    // 1 · (102 − 101) = 1 of gain, 0.25 of fees: 1000 + 1 − 0.25
    assertThat(filled.equity()).isEqualByComparingTo("1000.75");
    assertThat(filled.positions().getFirst().mark()).isEqualByComparingTo("102");
    fold.apply(
        logged(
            "portfolio:paper",
            new PortfolioMarked(
                "USDT",
                new BigDecimal("898.75"),
                new BigDecimal("1001.75"),
                BigDecimal.ZERO,
                new BigDecimal("3"),
                new BigDecimal("1.25"),
                List.of(
                    new PositionMark(
                        BTC,
                        BigDecimal.ONE,
                        new BigDecimal("100"),
                        new BigDecimal("103"),
                        new BigDecimal("3"),
                        BigDecimal.ZERO)),
                List.of(),
                at(9))),
        rows);
    PortfolioView marked = portfolio();
    assertThat(marked.equity()).isEqualByComparingTo("1001.75");
    assertThat(marked.initialCash()).isEqualByComparingTo("1000");
    assertThat(marked.markedAt()).isEqualTo(at(9));
    assertThat(marked.resetAt()).isEqualTo(at(0));
  }

  @Test
  void a_flat_position_is_gone_but_its_result_stays() throws Exception {
    var fold = open();
    fold.apply(logged("portfolio:paper", SampleEvents.reset(at(0))), rows);
    fold.apply(logged("order:o1", SampleEvents.accepted("o1", TWO_BTC, at(1))), rows);
    fold.apply(logged("order:o1", SampleEvents.routed("o1", TWO_BTC, at(1))), rows);
    fold.apply(
        logged(
            "order:o1",
            SampleEvents.filled("o1", TWO_BTC, "2", "0", account("1004", "0", "4", "0.25"), at(1))),
        rows);
    assertThat(portfolio().positions()).isEmpty();
    assertThat(portfolio().realizedBySymbol()).containsOnlyKeys("BTC-USDT");
    assertThat(portfolio().equity()).isEqualByComparingTo("1003.75");
  }

  @Test
  void a_stream_that_begins_in_the_middle_is_refused_so_that_it_is_parked() throws Exception {
    var fold = open();
    assertThatIllegalStateException()
        .isThrownBy(
            () -> fold.apply(logged("order:x", SampleEvents.expired("x", "1", at(1))), rows))
        .withMessageContaining("never began");
  }

  private static List<DomainEvent> life(String orderId, int kind) {
    return switch (kind) {
      case 0 ->
          List.of(
              SampleEvents.accepted(orderId, TWO_BTC, at(1)),
              SampleEvents.routed(orderId, TWO_BTC, at(1)),
              SampleEvents.filled(
                  orderId, TWO_BTC, "1", "1", account("898.75", "1", "0", "0.25"), at(2)),
              SampleEvents.expired(orderId, "1", at(2)));
      case 1 ->
          List.of(
              SampleEvents.accepted(orderId, TWO_BTC, at(1)),
              SampleEvents.blocked(orderId, TWO_BTC, at(1)));
      default ->
          List.of(
              SampleEvents.accepted(orderId, TWO_BTC, at(1)),
              SampleEvents.unroutable(orderId, TWO_BTC, at(1)));
    };
  }

  private Projection.Fold open() throws Exception {
    return new ExecutionProjection(json).open(EmptyDatabase.connection());
  }

  private LoggedEvent logged(String stream, DomainEvent event) {
    return InMemoryRows.logged(++position, stream, event);
  }

  private OrderView order(String orderId) {
    List<?> row = rows.table("execution_order").get("[" + orderId + "]");
    return json.view(row.getLast().toString(), OrderView.class);
  }

  private PortfolioView portfolio() {
    return json.view(
        rows.table("execution_portfolio").get("[paper]").getLast().toString(), PortfolioView.class);
  }
}
