package dev.papertape.command.market.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.budget.Capability;
import dev.papertape.contracts.market.Venue;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BinanceRestTest {
  private static final String BOOK = "{\"lastUpdateId\":9,\"bids\":[],\"asks\":[]}";
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  private static final Venue VENUE = new Venue("BINANCE");
  private ScriptedVenue venue;
  private BinanceRest rest;

  @BeforeEach
  void venueIsUp() throws IOException {
    venue = new ScriptedVenue();
    rest = new BinanceRest(calls(Duration.ofSeconds(20)));
  }

  @AfterEach
  void closeBoth() throws IOException {
    venue.close();
  }

  @Test
  @Timeout(20)
  void Bug_4_bodyThatStallsEndsInTime() {
    reply(List.of("Content-Length: 1000"), "{\"lastUp");
    BinanceRest hasty = new BinanceRest(calls(TIMEOUT));
    assertThatThrownBy(() -> hasty.depth("BTCUSDT", 10))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("gave no whole answer in 500 ms");
    assertThatThrownBy(() -> calls(TIMEOUT).get(Capability.OHLCV, "/api/v3/depth"))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("gave no whole answer in 500 ms");
  }

  /** Books may use all of the usual 6,000; the venue says that 5,996 are used, a book weighs 5. */
  @Test
  void weightThatAGoodReplyTellsCounts() throws Exception {
    reply(List.of("X-MBX-USED-WEIGHT-1M: 5996"), BOOK);
    assertThat(rest.depth("BTCUSDT", 10)).asString().isEqualTo(BOOK);
    assertThatThrownBy(() -> rest.depth("BTCUSDT", 10))
        .isInstanceOf(IOException.class)
        .hasMessage("weight 5996 of 6000 used in 60000 ms, 5 asked for");
  }

  private RestCalls calls(Duration timeout) {
    Instant always = Instant.parse("2026-01-01T00:00:30Z");
    return new RestCalls(
        TestCalls.at(VENUE, WireProtocol.BINANCE_SPOT, () -> always),
        WireProtocol.BINANCE_SPOT,
        VENUE,
        venue.rest(),
        timeout);
  }

  private void reply(List<String> headers, String body) {
    venue.replies.put("/api/v3/depth", new ScriptedVenue.Reply(200, headers, body));
  }
}
