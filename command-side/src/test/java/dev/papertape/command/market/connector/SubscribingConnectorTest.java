package dev.papertape.command.market.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.Backoff;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.Bundle;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.VenueInput.InstrumentsListed;
import dev.papertape.command.market.VenueInput.SocketClosed;
import dev.papertape.command.market.VenueInput.SocketOpened;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Coinbase's and Kraken's connectors against a venue that misbehaves on purpose. */
class SubscribingConnectorTest {
  private static final Venue VENUE = new Venue("VENUE");
  private static final Symbol BTC = new Symbol("BTC-USD");
  private static final Symbol NONE = new Symbol("NO-SUCH");
  private static final String PRODUCT =
      "{\"product_id\":\"BTC-USD\",\"base_increment\":\"0.00000001\",\"quote_increment\":\"0.01\","
          + "\"quote_min_size\":\"1\",\"status\":\"online\",\"trading_disabled\":false,"
          + "\"price_increment\":\"0.01\"}";
  private static final String PAIR =
      "{\"error\":[],\"result\":{\"XXBTZUSD\":{\"altname\":\"XBTUSD\",\"wsname\":\"XBT/USD\","
          + "\"pair_decimals\":1,\"lot_decimals\":8,\"ordermin\":\"0.00005\",\"costmin\":\"0.5\","
          + "\"tick_size\":\"0.1\",\"status\":\"online\"}}}";
  private static final String UNKNOWN_PAIR = "{\"error\":[\"EQuery:Unknown asset pair\"]}";

  private final BlockingQueue<VenueInput> inputs = new LinkedBlockingQueue<>();
  private ScriptedVenue venue;
  private VenueConnector connector;

  @BeforeEach
  void venueIsUp() throws IOException {
    venue = new ScriptedVenue();
    reply("/api/v3/brokerage/market/products/BTC-USD", 200, PRODUCT);
    reply("/0/public/AssetPairs?pair=BTC/USD", 200, PAIR);
    reply("/0/public/AssetPairs?pair=NO/SUCH", 200, UNKNOWN_PAIR);
  }

  @AfterEach
  void closeBoth() throws IOException {
    connector.close();
    venue.close();
  }

  @Test
  void coinbasesProductIsListedAndWhatItDoesNotKnowLeftOut() throws Exception {
    start(WireProtocol.COINBASE, Duration.ofMinutes(1));
    assertThat(next(InstrumentsListed.class).instruments())
        .containsExactly(
            new InstrumentRules(
                BTC,
                "BTC-USD",
                new BigDecimal("0.01"),
                new BigDecimal("0.00000001"),
                BigDecimal.ONE));
  }

  @Test
  void krakensPairIsListedAndWhatItDoesNotKnowLeftOut() throws Exception {
    start(WireProtocol.KRAKEN, Duration.ofMinutes(1));
    assertThat(next(InstrumentsListed.class).instruments())
        .containsExactly(
            new InstrumentRules(
                BTC,
                "BTC/USD",
                new BigDecimal("0.1"),
                new BigDecimal("0.00000001"),
                new BigDecimal("0.5")));
  }

  @Test
  void framesOfTheOpenSocketAreDecoded() throws Exception {
    start(WireProtocol.COINBASE, Duration.ofMinutes(1));
    next(SocketOpened.class);
    stream()
        .send(
            "{\"channel\":\"l2_data\",\"timestamp\":\"2026-04-07T14:30:01Z\",\"sequence_num\":0,"
                + "\"events\":[{\"type\":\"snapshot\",\"product_id\":\"BTC-USD\",\"updates\":[]}]}");
    Bundle frame = next(Bundle.class);
    assertThat(frame.parts()).singleElement().isInstanceOf(DepthSnapshot.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"COINBASE", "KRAKEN"})
  void silentSocketIsClosedAndOpenedAnew(WireProtocol wire) throws Exception {
    start(wire, Duration.ofMillis(200));
    stream();
    assertThat(next(SocketClosed.class).reason()).startsWith("no frame for ");
    stream();
    next(SocketOpened.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"COINBASE", "KRAKEN"})
  void frameOfASocketThatWasGivenUpIsNotHandedOn(WireProtocol wire) throws Exception {
    start(wire, Duration.ofMillis(200));
    ScriptedVenue.Stream first = stream();
    next(SocketClosed.class);
    try {
      first.send("{\"channel\":\"heartbeat\"}");
    } catch (java.io.UncheckedIOException gone) {
      assertThat(gone).hasCauseInstanceOf(IOException.class);
    }
    assertThat(next(VenueInput.class)).isInstanceOf(SocketOpened.class);
  }

  private void reply(String path, int status, String body) {
    venue.replies.put(path, new ScriptedVenue.Reply(status, List.of(), body));
  }

  private void start(WireProtocol wire, Duration idle) {
    ConnectorSettings usual =
        ConnectorSettings.of(VENUE, 0, venue.rest(), venue.stream(), Set.of(BTC, NONE));
    ConnectorSettings quick =
        new ConnectorSettings(
            VENUE,
            0,
            venue.rest(),
            venue.stream(),
            Set.of(BTC, NONE),
            10,
            usual.connectTimeout(),
            usual.requestTimeout(),
            usual.candleSpacing(),
            idle,
            new Backoff(Duration.ofMillis(10), Duration.ofMillis(50)));
    connector =
        VenueConnector.of(
            wire, quick, Clock.systemUTC(), new Random(1), inputs::put, FrameTap.NONE);
    connector.start();
  }

  private <T extends VenueInput> T next(Class<T> kind) throws InterruptedException {
    while (true) {
      VenueInput input = inputs.poll(20, TimeUnit.SECONDS);
      assertThat(input).as("waiting for " + kind.getSimpleName()).isNotNull();
      if (kind.isInstance(input)) {
        return kind.cast(input);
      }
    }
  }

  private ScriptedVenue.Stream stream() throws InterruptedException {
    ScriptedVenue.Stream stream = venue.streams.poll(20, TimeUnit.SECONDS);
    assertThat(stream).as("a stream opened").isNotNull();
    return stream;
  }
}
