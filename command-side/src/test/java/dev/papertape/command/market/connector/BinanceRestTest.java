package dev.papertape.command.market.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
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

  private final HttpClient client = HttpClient.newHttpClient();
  private ScriptedVenue venue;
  private BinanceRest rest;

  @BeforeEach
  void venueIsUp() throws IOException {
    venue = new ScriptedVenue();
    Instant always = Instant.parse("2026-01-01T00:00:30Z");
    rest = new BinanceRest(client, venue.rest(), Duration.ofSeconds(20), () -> always);
  }

  @AfterEach
  void closeBoth() throws IOException {
    client.shutdownNow();
    venue.close();
  }

  @Test
  @Timeout(20)
  void Bug_4_bodyThatStallsEndsInTime() {
    reply(List.of("Content-Length: 1000"), "{\"lastUp");
    BinanceRest hasty =
        new BinanceRest(client, venue.rest(), TIMEOUT, () -> Instant.parse("2026-01-01T00:00:30Z"));
    assertThatThrownBy(() -> hasty.depth("BTCUSDT", 10))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("gave no whole answer in 500 ms");
    RestCalls plain = new RestCalls(client, venue.rest(), TIMEOUT);
    assertThatThrownBy(() -> plain.get("/api/v3/depth"))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("gave no whole answer in 500 ms");
  }

  /** 90 % of the usual 6,000 may be used; the venue says that 5,396 are, and a book weighs 5. */
  @Test
  void weightThatAGoodReplyTellsCounts() throws Exception {
    reply(List.of("X-MBX-USED-WEIGHT-1M: 5396"), BOOK);
    assertThat(rest.depth("BTCUSDT", 10)).asString().isEqualTo(BOOK);
    assertThatThrownBy(() -> rest.depth("BTCUSDT", 10))
        .isInstanceOf(IOException.class)
        .hasMessage("weight 5396 of 6000 used in this minute");
  }

  private void reply(List<String> headers, String body) {
    venue.replies.put("/api/v3/depth", new ScriptedVenue.Reply(200, headers, body));
  }
}
