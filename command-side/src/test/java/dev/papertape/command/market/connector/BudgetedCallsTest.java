package dev.papertape.command.market.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.papertape.command.budget.ApiCall;
import dev.papertape.command.budget.CallDeniedException;
import dev.papertape.command.budget.ReplyReader;
import dev.papertape.command.budget.UnloggedCalls;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.budget.Breaker;
import dev.papertape.contracts.budget.Capability;
import dev.papertape.contracts.budget.ProviderState;
import dev.papertape.contracts.market.Venue;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The gate over real sockets: what is sent, repeated and settled. */
@Timeout(60)
class BudgetedCallsTest {
  private static final Venue VENUE = new Venue("BINANCE");
  private static final String PATH = "/api/v3/klines";
  private static final Duration HASTE = Duration.ofMillis(300);

  private ScriptedVenue venue;
  private UnloggedCalls gate;

  @BeforeEach
  void open() throws IOException {
    venue = new ScriptedVenue();
    gate = new UnloggedCalls(Map.of(VENUE, WireProtocol.BINANCE_SPOT), Clock.systemUTC(), 1);
  }

  @AfterEach
  void closeBoth() throws IOException {
    gate.close();
    venue.close();
  }

  private void replies(int status, List<String> headers, String body) {
    venue.replies.put(PATH, new ScriptedVenue.Reply(status, headers, body));
  }

  private ApiCall call(Duration timeout) {
    return ApiCall.once(
        VENUE.name(), Capability.OHLCV, URI.create(venue.rest() + PATH), 2, timeout);
  }

  private int get(ApiCall call) throws IOException, InterruptedException {
    return gate.calls().get(call, VenueReplies.of(WireProtocol.BINANCE_SPOT)).status();
  }

  private ProviderState ledger() {
    return gate.budget().states().getFirst();
  }

  private long usedWeight() {
    ProviderState state = ledger();
    return state.windows().getFirst().settledAt(state.time());
  }

  @Test
  void anAnswerIsSettledWithItsWeight() throws Exception {
    replies(200, List.of("X-MBX-USED-WEIGHT-1M: 2"), "[]");
    assertThat(get(call(Duration.ofSeconds(20)))).isEqualTo(200);
    assertThat(ledger().open()).isEmpty();
    assertThat(ledger().calls().ok()).isEqualTo(1);
    assertThat(usedWeight()).isEqualTo(2);
    assertThat(ledger().latencies()).hasSize(1);
  }

  @Test
  void aBadAnswerIsAskedForAgainAsOftenAsTheCallSays() throws Exception {
    replies(503, List.of(), "");
    assertThat(get(call(Duration.ofSeconds(20)).trying(2, Duration.ofSeconds(20)))).isEqualTo(503);
    assertThat(venue.requests).hasSize(2);
    assertThat(usedWeight()).as("each of them counts").isEqualTo(4);
  }

  /** The third failure opens the breaker, so that the fourth try is denied. */
  @Test
  void Bug_6_aDeniedRepetitionHidTheAnswerBeforeIt() throws Exception {
    replies(503, List.of(), "");
    assertThat(get(call(Duration.ofSeconds(20)).trying(4, Duration.ofSeconds(4)))).isEqualTo(503);
    assertThat(venue.requests).hasSize(Breaker.MOST_FAILURES);
    assertThatThrownBy(() -> get(call(HASTE))).isInstanceOf(CallDeniedException.class);
  }

  @Test
  void whatChangesSomethingThereIsNeverRepeated() throws Exception {
    replies(503, List.of(), "");
    assertThat(get(call(Duration.ofSeconds(20)).changingState().trying(5, Duration.ofSeconds(20))))
        .isEqualTo(503);
    assertThat(venue.requests).hasSize(1);
  }

  @Test
  void aTimedOutCallIsSettledAndNotRepeated() {
    replies(200, List.of("Content-Length: 1000"), "{");
    assertThatThrownBy(() -> get(call(HASTE).trying(3, Duration.ofSeconds(20))))
        .hasMessageEndingWith("gave no whole answer in 300 ms");
    assertThat(venue.requests).hasSize(1);
    assertThat(ledger().open()).isEmpty();
    assertThat(ledger().calls().timedOut()).isEqualTo(1);
    assertThat(usedWeight()).isEqualTo(2);
  }

  @Test
  void threeTimeOutsOpenTheBreakerAndNothingIsSent() {
    replies(200, List.of("Content-Length: 1000"), "{");
    for (int call = 0; call < Breaker.MOST_FAILURES; call++) {
      assertThatThrownBy(() -> get(call(HASTE))).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> get(call(HASTE)))
        .isInstanceOf(CallDeniedException.class)
        .hasMessage("3 failures in a row");
    assertThat(venue.requests).hasSize(Breaker.MOST_FAILURES);
  }

  @Test
  void whereNobodyListensNothingIsUsed() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    ApiCall nobody =
        ApiCall.once(
            VENUE.name(),
            Capability.OHLCV,
            URI.create("http://127.0.0.1:" + port + PATH),
            2,
            Duration.ofSeconds(20));
    assertThatThrownBy(() -> gate.calls().get(nobody, ReplyReader.PLAIN))
        .isInstanceOf(IOException.class);
    assertThat(usedWeight()).isZero();
    assertThat(ledger().calls().failed()).isEqualTo(1);
  }

  @Test
  void a418BansUntilItsRetryAfter() throws Exception {
    replies(418, List.of("Retry-After: 120"), "");
    assertThat(get(call(Duration.ofSeconds(20)).trying(3, Duration.ofSeconds(5)))).isEqualTo(418);
    assertThat(ledger().banned()).isTrue();
    Instant until = ledger().limitedUntil();
    assertThat(until).isNotNull();
    assertThat(until).isBetween(ledger().time().plusSeconds(119), ledger().time().plusSeconds(120));
    assertThatThrownBy(() -> get(call(HASTE)))
        .isInstanceOf(CallDeniedException.class)
        .hasMessageStartingWith("rate limited until ");
    assertThat(venue.requests).hasSize(1);
  }

  @Test
  void aCallerThatIsStoppedSettlesWhatItMayHaveUsed() throws Exception {
    replies(200, List.of("Content-Length: 1000"), "{");
    Thread caller =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    get(call(Duration.ofSeconds(60)));
                  } catch (IOException | InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                  }
                });
    assertThat(venue.requests.take()).isEqualTo(PATH);
    caller.interrupt();
    caller.join();
    assertThat(ledger().open()).isEmpty();
    assertThat(usedWeight()).isEqualTo(2);
  }

  @Test
  void krakensWordForTooMuchComesWith200() throws Exception {
    Venue kraken = new Venue("KRAKEN");
    replies(200, List.of(), "{\"error\":[\"EAPI:Rate limit exceeded\"]}");
    try (UnloggedCalls other =
        new UnloggedCalls(Map.of(kraken, WireProtocol.KRAKEN), Clock.systemUTC(), 1)) {
      ApiCall call =
          ApiCall.once(
              kraken.name(),
              Capability.OHLCV,
              URI.create(venue.rest() + PATH),
              1,
              Duration.ofSeconds(20));
      other.calls().get(call, VenueReplies.of(WireProtocol.KRAKEN));
      ProviderState state = other.budget().states().getFirst();
      assertThat(state.isLimited(state.time())).isTrue();
    }
  }
}
