package dev.papertape.command.budget;

import static dev.papertape.command.budget.Ledger.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.budget.Admission.Wish;
import dev.papertape.contracts.budget.BudgetCommand.SettleCall;
import dev.papertape.contracts.budget.BudgetEvent.FallbackChosen;
import dev.papertape.contracts.budget.BudgetEvent.ProviderRegistered;
import dev.papertape.contracts.budget.BudgetEvent.Rejection;
import dev.papertape.contracts.budget.CallOutcome;
import dev.papertape.contracts.budget.Capability;
import dev.papertape.contracts.budget.DenialReason;
import dev.papertape.contracts.budget.Offer;
import dev.papertape.contracts.budget.ProviderSettings;
import dev.papertape.contracts.budget.ProviderState;
import dev.papertape.contracts.budget.QuotaKind;
import dev.papertape.contracts.budget.ReserveReply.Denied;
import dev.papertape.contracts.market.Symbol;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The cheapest viable provider is asked, and news of the choice is written down once. */
class ReferencePricesTest {
  private static final Symbol BTC = new Symbol("BTC-USDT");

  private final Map<String, ProviderState> states = new HashMap<>();
  private final Map<String, IOException> failures = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final List<FallbackChosen> written = new ArrayList<>();
  private Instant now = START;
  private final ProviderClocks clocks = new ProviderClocks(() -> now);
  private final ReferencePrices prices =
      new ReferencePrices(
          provider -> Optional.ofNullable(states.get(provider)), written::add, clocks, () -> now);

  private final class Told implements ReferencePrices.Source {
    private final String provider;

    Told(String provider) {
      this.provider = provider;
    }

    @Override
    public String provider() {
      return provider;
    }

    @Override
    public Wish wish() {
      return new Wish(Capability.PRICE, 1, 0, null, false);
    }

    @Override
    public BigDecimal price(Symbol symbol) throws IOException {
      asked.add(provider);
      IOException failure = failures.get(provider);
      if (failure != null) {
        throw failure;
      }
      return BigDecimal.TEN;
    }
  }

  /** A provider with a price of so many micro-units, whose answers took so long. */
  private void provider(String name, long micros, double... latencies) {
    ProviderSettings settings =
        new ProviderSettings(List.of(new Offer(Capability.PRICE, micros)), "USD", null, 80, 0);
    Ledger ledger = new Ledger(new ProviderRegistered(name, settings, List.of(), START));
    for (double latency : latencies) {
      ledger.settle(answered(ledger.granted(START), latency));
    }
    states.put(name, ledger.state);
  }

  private static SettleCall answered(String id, double latencyMs) {
    return new SettleCall(
        Ledger.NAME, id, CallOutcome.OK, 200, true, null, latencyMs, List.of(), null, false, START);
  }

  private Optional<ReferencePrices.Quote> ask() throws InterruptedException {
    return prices.price(
        BTC, states.keySet().stream().sorted().<ReferencePrices.Source>map(Told::new).toList());
  }

  @Test
  void costComesFirstThenExpectedLatencyThenName() throws Exception {
    provider("DEAR", 9, 1);
    provider("SLOW", 3, 80, 90);
    provider("QUICK", 3, 20, 20);
    provider("ALSO", 3, 22, 23);
    assertThat(ask()).hasValueSatisfying(quote -> assertThat(quote.provider()).isEqualTo("ALSO"));
    assertThat(written.getFirst().rejected())
        .containsExactly(
            new Rejection("QUICK", DenialReason.LATER_NAME),
            new Rejection("SLOW", DenialReason.SLOWER),
            new Rejection("DEAR", DenialReason.COSTS_MORE));
  }

  @Test
  void theSameChoiceIsWrittenOnceAndAFailureIsNews() throws Exception {
    provider("CHEAP", 1);
    provider("DEAR", 2);
    ask();
    ask();
    assertThat(written).hasSize(1);

    failures.put("CHEAP", new IOException("no answer"));
    asked.clear();
    assertThat(ask()).hasValueSatisfying(quote -> assertThat(quote.provider()).isEqualTo("DEAR"));
    ask();
    assertThat(asked).containsExactly("CHEAP", "DEAR", "CHEAP", "DEAR");
    assertThat(prices.isToBeRepeatedSoon()).isTrue();
    assertThat(written).hasSize(2);
    assertThat(written.getLast().rejected())
        .containsExactly(new Rejection("CHEAP", DenialReason.CALL_FAILED));

    failures.clear();
    ask();
    assertThat(written).as("back to the first").hasSize(3);
  }

  @Test
  void whatTheLedgerRefusesAtTheLastMomentIsPassedOver() throws Exception {
    provider("CHEAP", 1);
    provider("DEAR", 2);
    failures.put(
        "CHEAP",
        new CallDeniedException(new Denied(DenialReason.QUOTA_EXHAUSTED, "full", null, true)));
    assertThat(ask()).hasValueSatisfying(quote -> assertThat(quote.provider()).isEqualTo("DEAR"));
    assertThat(written.getLast().rejected())
        .containsExactly(new Rejection("CHEAP", DenialReason.QUOTA_EXHAUSTED));
    assertThat(prices.isToBeRepeatedSoon()).isFalse();
  }

  /** Our clock is two minutes ahead: by it the window that is full would long be over. */
  @Test
  void Bug_6_aLedgerWasLookedAtByOurClockInsteadOfTheProviders() throws Exception {
    ProviderSettings settings =
        new ProviderSettings(List.of(new Offer(Capability.PRICE, 1L)), "USD", null, 80, 0);
    Ledger full =
        new Ledger(
            new ProviderRegistered(
                "FULL", settings, List.of(Ledger.calendar(QuotaKind.CALLS, 60, 1)), START));
    full.settle(full.granted(START), CallOutcome.OK, START);
    states.put("FULL", full.state);
    now = START.plusSeconds(121);
    clocks.observed("FULL", now, now, START.plusSeconds(1), START.plusSeconds(1));
    assertThat(ask()).isEmpty();
    assertThat(asked).isEmpty();
    assertThat(written.getLast().rejected())
        .containsExactly(new Rejection("FULL", DenialReason.QUOTA_EXHAUSTED));

    now = now.plusSeconds(60); // A minute later at the provider, too.
    assertThat(ask()).isPresent();
  }

  /** A price that is refused or unreadable is an answer, so that no breaker opens. */
  @Test
  void Bug_6_aPriceThatWasRefusedWasAskedForFiveTimesASecondForEver() throws Exception {
    provider("CHEAP", 1);
    provider("DEAR", 2);
    failures.put("CHEAP", new IOException("status 400"));
    List<Boolean> soon = new ArrayList<>();
    for (int question = 0; question < 6; question++) {
      ask();
      soon.add(prices.isToBeRepeatedSoon());
    }
    assertThat(soon).containsExactly(true, true, true, false, false, false);

    failures.clear();
    ask();
    failures.put("CHEAP", new IOException("status 400"));
    ask();
    assertThat(prices.isToBeRepeatedSoon()).as("it had answered").isTrue();
  }

  @Test
  void nobodyIsAskedWhoseBreakerIsOpenAndNobodyAtAllIsSaidToo() throws Exception {
    Ledger broken =
        new Ledger(
            new ProviderRegistered(
                "BROKEN",
                new ProviderSettings(List.of(new Offer(Capability.PRICE, 1L)), "USD", null, 80, 0),
                List.of(),
                START));
    for (int call = 0; call < 3; call++) {
      broken.settle(broken.granted(START), CallOutcome.TIMED_OUT, START);
    }
    states.put("BROKEN", broken.state);
    assertThat(ask()).isEmpty();
    assertThat(asked).isEmpty();
    assertThat(written.getLast().chosen()).isNull();
    assertThat(written.getLast().rejected())
        .containsExactly(new Rejection("BROKEN", DenialReason.BREAKER_OPEN));
  }
}
