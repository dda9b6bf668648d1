package dev.papertape.command.market.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.Integrity;
import dev.papertape.command.market.PriceLevels;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.VenueInput.OtherFrame;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Kraken's books on one socket; three requests subscribe to everything. */
class BookLinkTest {
  private static final Venue VENUE = new Venue("V");
  private static final Symbol BTC = new Symbol("BTC-USD");
  private static final Symbol ETH = new Symbol("ETH-USD");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final List<String> said = new ArrayList<>();
  private final WebSocket socket =
      (WebSocket)
          Proxy.newProxyInstance(
              WebSocket.class.getClassLoader(),
              new Class<?>[] {WebSocket.class},
              (proxy, method, arguments) -> {
                said.add(String.valueOf(arguments[0]));
                return CompletableFuture.completedFuture(proxy);
              });
  private final BookLink link =
      new BookLink(
          new Outbox(socket),
          new KrakenSubscriptions(
              new RestCalls(
                  TestCalls.to(VENUE, WireProtocol.KRAKEN),
                  WireProtocol.KRAKEN,
                  VENUE,
                  URI.create("http://v"),
                  PATIENCE),
              ConnectorSettings.of(
                  VENUE, 0, URI.create("http://v"), URI.create("ws://v"), Set.of(BTC, ETH))),
          List.of(rules(BTC), rules(ETH)),
          PATIENCE,
          START);

  @Test
  void bookWhoseSnapshotIsUnderWayIsNotAskedForAgainTooSoon() {
    assertThat(said).hasSize(3);
    link.askAnew(Set.of(BTC), START.plus(PATIENCE));
    assertThat(said).hasSize(3);
    link.askAnew(Set.of(BTC), START.plus(PATIENCE).plusMillis(1));
    assertThat(said).hasSize(5);
    assertThat(said.get(3)).startsWith("{\"method\":\"unsubscribe\"").endsWith("\"req_id\":4}");
    assertThat(said.get(4)).startsWith("{\"method\":\"subscribe\"").endsWith("\"req_id\":5}");
  }

  @Test
  void bookThatCameIsAskedForAtOnceWhenItIsWantedAnew() {
    long before = System.nanoTime();
    assertThat(link.answeredSince(BTC, before)).isFalse();
    link.current(snapshot(BTC));
    assertThat(link.answeredSince(BTC, before)).isTrue();
    assertThat(link.answeredSince(ETH, before)).isFalse();
    link.askAnew(Set.of(BTC), START.plusMillis(1));
    assertThat(said).hasSize(5);
  }

  @Test
  void Bug_4_snapshotCountsOnlyWhenTheSubscriptionBeforeItHasEnded() {
    link.askAnew(Set.of(BTC, ETH), START.plusSeconds(11));
    link.acknowledged(3, null);
    assertThat(link.current(snapshot(BTC))).isInstanceOf(OtherFrame.class);
    link.acknowledged(4, BTC);
    assertThat(link.current(snapshot(BTC))).isInstanceOf(DepthSnapshot.class);
    assertThat(link.current(snapshot(ETH))).isInstanceOf(OtherFrame.class);
    link.acknowledged(4, ETH);
    assertThat(link.current(snapshot(ETH))).isInstanceOf(DepthSnapshot.class);
  }

  @Test
  void subscriptionsInARowWithoutABookAreCounted() {
    Instant now = START;
    for (int i = 0; i < 3; i++) {
      now = now.plusSeconds(11);
      link.askAnew(Set.of(BTC), now);
      link.acknowledged(100, null);
    }
    assertThat(link.fruitless(BTC)).isEqualTo(3);
    link.current(snapshot(BTC));
    assertThat(link.fruitless(BTC)).isZero();
  }

  private static VenueInput snapshot(Symbol symbol) {
    return new DepthSnapshot(
        new Arrival(VENUE, START, 0, 0),
        symbol,
        new Integrity.Checksum(1L, 10),
        null,
        PriceLevels.NONE,
        PriceLevels.NONE,
        DepthSnapshot.INLINE);
  }

  private static InstrumentRules rules(Symbol symbol) {
    return new InstrumentRules(
        symbol,
        symbol.value().replace('-', '/'),
        new BigDecimal("0.1"),
        new BigDecimal("0.1"),
        BigDecimal.ONE);
  }
}
