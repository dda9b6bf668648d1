package dev.papertape.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.papertape.simulator.config.SimulatorConfig;
import dev.papertape.simulator.config.VenueConfig;
import dev.papertape.simulator.config.VenueWire;
import dev.papertape.simulator.kraken.KrakenTape;
import dev.papertape.simulator.market.ListedMarket;
import dev.papertape.simulator.market.SimulatedMarket;
import dev.papertape.simulator.server.MarketTape;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Coinbase's and Kraken's wires from the tape, read as a client would read them. */
class OtherWiresTest {
  /** 2026-03-01T12:34:56.780Z: in the middle of a minute. */
  private static final long START = 1_772_368_496_780L;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final Pattern LEVEL = Pattern.compile("\\{\"price\":([0-9.]+),\"qty\":([0-9.]+)}");

  private record Message(String venue, String stream, String json) {}

  @ParameterizedTest
  @ValueSource(ints = {10, 25, 1000})
  void krakensChecksumHoldsAfterEveryMessageAtAnyDepth(int depth) {
    SimulatorConfig config = config(VenueWire.KRAKEN, 3);
    SimulatedMarket market = new SimulatedMarket(config, START);
    VenueConfig venue = config.venues().getFirst();
    List<ListedMarket> listings = market.listings(venue.name());
    KrakenTape tape = new KrakenTape(venue, listings);
    String stream = "book/BTC/USDT/" + depth;
    TreeMap<BigDecimal, String> bids = new TreeMap<>(Comparator.reverseOrder());
    TreeMap<BigDecimal, String> asks = new TreeMap<>();
    List<String> messages = new ArrayList<>(List.of(tape.snapshot(stream, START).orElseThrow()));
    for (int i = 0; i < 6000; i++) {
      market.step();
      tape.publish(market.millis(), collect(stream::equals, (_, json) -> messages.add(json)));
    }

    assertThat(messages).hasSizeGreaterThan(300);
    for (String message : messages) {
      apply(
          bids, message.substring(message.indexOf("\"bids\""), message.indexOf("\"asks\"")), depth);
      apply(asks, message.substring(message.indexOf("\"asks\"")), depth);
      assertThat(message).contains("\"checksum\":" + crc(asks, bids) + ",");
    }
    assertThat(bids.keySet())
        .first()
        .isEqualTo(
            venue
                .listings()
                .getFirst()
                .tickSize()
                .multiply(
                    BigDecimal.valueOf(
                        listings
                            .getFirst()
                            .book()
                            .best(dev.papertape.simulator.market.Side.BID)
                            .orElseThrow())));
  }

  @Test
  void coinbasesUpdatesBuildTheBookFromItsSnapshot() throws JsonProcessingException {
    List<Message> messages = run(VenueWire.COINBASE, 3, 60);
    List<Message> depth = messages.stream().filter(m -> m.stream().startsWith("level2/")).toList();
    assertThat(depth).isNotEmpty();
    for (Message message : depth) {
      String numbered =
          dev.papertape.simulator.coinbase.CoinbaseFrames.numbered(message.json(), 41);
      JsonNode frame = JSON.readTree(numbered);
      assertThat(frame.path("channel").textValue()).isEqualTo("l2_data");
      assertThat(frame.path("sequence_num").intValue()).isEqualTo(41);
      assertThat(frame.path("events").path(0).path("type").textValue()).isEqualTo("update");
      frame
          .path("events")
          .path(0)
          .path("updates")
          .forEach(update -> assertThat(update.path("side").textValue()).isIn("bid", "offer"));
    }
    assertThat(messages).filteredOn(m -> m.stream().equals("heartbeats")).hasSize(60);
    assertThat(messages).anyMatch(m -> m.stream().startsWith("market_trades/"));
  }

  @Test
  void sameSeedWritesTheSameBytesAndAnotherSeedOthers() {
    for (VenueWire wire : List.of(VenueWire.COINBASE, VenueWire.KRAKEN)) {
      List<Message> once = run(wire, 5, 20);
      assertThat(run(wire, 5, 20)).as("%s, seed 5 again", wire).isEqualTo(once);
      assertThat(run(wire, 6, 20)).as("%s, seed 6", wire).isNotEqualTo(once);
    }
  }

  @Test
  void krakensCandleHasTheMinutesTrades() throws JsonProcessingException {
    List<Message> messages = run(VenueWire.KRAKEN, 3, 30);
    Message candle =
        messages.stream().filter(m -> m.stream().equals("ohlc/BTC/USDT")).findFirst().orElseThrow();
    JsonNode row = JSON.readTree(candle.json()).path("data").path(0);
    assertThat(row.path("low").decimalValue()).isLessThanOrEqualTo(row.path("high").decimalValue());
    assertThat(row.path("vwap").decimalValue())
        .isBetween(row.path("low").decimalValue(), row.path("high").decimalValue());
    assertThat(row.path("trades").intValue()).isPositive();
    assertThat(row.path("interval").intValue()).isEqualTo(1);
  }

  private static List<Message> run(VenueWire wire, long seed, int seconds) {
    SimulatorConfig config = config(wire, seed);
    SimulatedMarket market = new SimulatedMarket(config, START);
    MarketTape tape = new MarketTape(config, market);
    List<Message> messages = new ArrayList<>();
    StreamSink all =
        new StreamSink() {
          @Override
          public boolean wants(String venue, String stream) {
            return true;
          }

          @Override
          public void accept(String venue, String stream, long eventMillis, String json) {
            messages.add(new Message(venue, stream, json));
          }
        };
    for (int i = 0; i < seconds * 1000 / SimulatorConfig.STEP_MILLIS; i++) {
      tape.step(all);
    }
    return messages;
  }

  /** The default market's first venue alone, in this wire. */
  private static SimulatorConfig config(VenueWire wire, long seed) {
    SimulatorConfig usual = SimulatorConfig.defaults(seed).withHistoryMinutes(10);
    return usual.withVenues(List.of(usual.venues().getFirst().withWire(wire)));
  }

  private static StreamSink collect(
      java.util.function.Predicate<String> wanted,
      java.util.function.BiConsumer<String, String> to) {
    return new StreamSink() {
      @Override
      public boolean wants(String venue, String stream) {
        return wanted.test(stream);
      }

      @Override
      public void accept(String venue, String stream, long eventMillis, String json) {
        to.accept(stream, json);
      }
    };
  }

  /** As market-wire.md says: apply the message, 0 removes, then cut to the depth. */
  private static void apply(TreeMap<BigDecimal, String> side, String levels, int depth) {
    Matcher level = LEVEL.matcher(levels);
    while (level.find()) {
      if (new BigDecimal(level.group(2)).signum() == 0) {
        side.remove(new BigDecimal(level.group(1)));
      } else {
        side.put(new BigDecimal(level.group(1)), level.group(2));
      }
    }
    while (side.size() > depth) {
      side.pollLastEntry();
    }
  }

  private static long crc(TreeMap<BigDecimal, String> asks, TreeMap<BigDecimal, String> bids) {
    CRC32 crc = new CRC32();
    crc.update((top(asks) + top(bids)).getBytes(StandardCharsets.US_ASCII));
    return crc.getValue();
  }

  private static String top(TreeMap<BigDecimal, String> side) {
    return side.entrySet().stream()
        .limit(10)
        .map(level -> bare(level.getKey().toPlainString()) + bare(level.getValue()))
        .collect(Collectors.joining());
  }

  private static String bare(String decimal) {
    return decimal.replace(".", "").replaceFirst("^0+", "");
  }
}
