package dev.papertape.command.market.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.command.quality.RecordTexts;
import dev.papertape.eventstore.contract.Breach;
import dev.papertape.eventstore.contract.Contract;
import dev.papertape.eventstore.contract.Contracts;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The contracts of what venues send. The decoders of frames are held to them by test, not at run
 * time (see docs/decisions/0008): what keeps a contract is decoded, what breaks it is refused.
 */
public final class WireContracts {
  /** Those on the class path. */
  public static final WireContracts SHIPPED = new WireContracts(Contracts.onClassPath());

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(64).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private static final Pattern BINANCE_DEPTH = Pattern.compile("/depth\\?(?:.*&)?symbol=");
  private static final int MOST_NAMED = 10;

  private static final Map<String, String> BINANCE =
      Map.of(
          "depthUpdate", "binance-depth-update",
          "trade", "binance-trade",
          "aggTrade", "binance-agg-trade",
          "bookTicker", "binance-book-ticker",
          "kline", "binance-kline");
  private static final Map<String, String> COINBASE =
      Map.of("l2_data", "coinbase-l2-data", "market_trades", "coinbase-market-trades");
  private static final Map<String, String> KRAKEN =
      Map.of("book", "kraken-book", "trade", "kraken-trade", "ohlc", "kraken-ohlc");

  private final Contracts contracts;

  public WireContracts(Contracts contracts) {
    this.contracts = contracts;
  }

  /** A part of a message and the contract that it says it keeps. */
  public record Bound(Contract contract, JsonNode message) {
    public List<Breach> breaches() {
      return contract.breaches(message);
    }
  }

  /**
   * A message as JSON, its numbers exact.
   *
   * @throws IOException if it is none, or names a member twice
   */
  public static JsonNode parse(byte[] text, int from, int to) throws IOException {
    return JSON.readTree(text, from, to - from);
  }

  /** Empty for what nothing is read of: replies to subscriptions, heartbeats, other channels. */
  public Optional<Bound> ofFrame(WireProtocol wire, JsonNode frame) {
    return switch (wire) {
      case BINANCE_SPOT, BINANCE_FUTURES -> ofBinance(frame);
      case COINBASE ->
          frame.has("sequence_num")
              ? bound(COINBASE.get(frame.path("channel").asText()), frame)
              : Optional.empty();
      case KRAKEN -> ofKraken(frame);
      case COINBASE_PRO, KRAKEN_V1 -> Optional.empty();
    };
  }

  /** A change of a book or a whole one in its own form; empty for any other input. */
  public Optional<Bound> ofBook(VenueInput decoded) {
    String json =
        switch (decoded) {
          case VenueInput.DepthDiff diff -> RecordTexts.json(diff);
          case VenueInput.DepthSnapshot whole -> RecordTexts.json(whole);
          default -> null;
        };
    try {
      return json == null ? Optional.empty() : bound("l2-update", JSON.readTree(json));
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("what was written is no JSON: " + json, broken);
    }
  }

  /** Of what was fetched over REST. */
  public Optional<Bound> ofFetched(WireProtocol wire, String url, JsonNode body) {
    boolean depth =
        (wire == WireProtocol.BINANCE_SPOT || wire == WireProtocol.BINANCE_FUTURES)
            && BINANCE_DEPTH.matcher(url).find();
    return depth ? bound("binance-depth-snapshot", body) : Optional.empty();
  }

  /**
   * Checks what is not hot as it comes in.
   *
   * @param contract name, version 1
   * @throws IOException naming what breaks the contract, if anything does
   */
  public void require(String contract, byte[] body) throws IOException {
    require(contract, parse(body, 0, body.length));
  }

  /** The same of a part that was read before. */
  public void require(String contract, JsonNode message) throws IOException {
    List<Breach> breaches = breaches(contract, message);
    if (!breaches.isEmpty()) {
      throw new IOException(contract + " is broken: " + sentence(breaches));
    }
  }

  /**
   * @param contract name, version 1
   */
  public List<Breach> breaches(String contract, JsonNode message) {
    return contracts.get(contract, 1).breaches(message);
  }

  /** The first few of them in words. */
  public static String sentence(List<Breach> breaches) {
    return breaches.stream()
        .limit(MOST_NAMED)
        .map(breach -> "'" + breach.pointer() + "' " + breach.message())
        .collect(Collectors.joining("; "));
  }

  private Optional<Bound> ofBinance(JsonNode frame) {
    boolean wrapped = frame.has("stream");
    JsonNode message = frame.path("data").isObject() ? frame.path("data") : frame;
    String event = message.path("e").textValue();
    if (event != null) {
      boolean transfer = event.equals("trade") && "NA".equals(message.path("X").textValue());
      return transfer ? Optional.empty() : bound(BINANCE.get(event), message);
    }
    if (!message.has("e") && message.has("u") && message.has("B") && message.has("A")) {
      return bound("binance-book-ticker", message);
    }
    return message.has("lastUpdateId") && !wrapped
        ? bound("binance-depth-snapshot", message)
        : Optional.empty();
  }

  private Optional<Bound> ofKraken(JsonNode frame) {
    String channel = frame.path("channel").textValue();
    boolean read = "book".equals(channel) || "update".equals(frame.path("type").textValue());
    return channel != null && read && !"subscribe".equals(frame.path("method").textValue())
        ? bound(KRAKEN.get(channel), frame)
        : Optional.empty();
  }

  private Optional<Bound> bound(@Nullable String name, JsonNode message) {
    return name == null
        ? Optional.empty()
        : Optional.of(new Bound(contracts.get(name, 1), message));
  }
}
