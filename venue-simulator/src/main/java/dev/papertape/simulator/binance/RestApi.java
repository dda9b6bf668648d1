package dev.papertape.simulator.binance;

import dev.papertape.simulator.config.VenueConfig;
import dev.papertape.simulator.market.Kline;
import dev.papertape.simulator.market.LevelBook;
import dev.papertape.simulator.market.ListedMarket;
import dev.papertape.simulator.market.Side;
import dev.papertape.simulator.market.SimulatedMarket;
import dev.papertape.simulator.market.Trade;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One venue's {@code /api/v3}: reads the market as it stands, changes nothing. */
public final class RestApi {

  private static final int MOST_ROWS = 1000;
  private static final int USUAL_ROWS = 500;
  private static final int MOST_LEVELS = 5000;
  private static final int USUAL_LEVELS = 100;

  private static final Pattern SYMBOLS = Pattern.compile("\\[\"[A-Z0-9]+\"(,\"[A-Z0-9]+\")*]");

  private final Map<String, ListedMarket> bySymbol = new LinkedHashMap<>();
  private final Map<String, ListingWire> wires = new LinkedHashMap<>();
  private final ExchangeInfo exchangeInfo;

  public RestApi(VenueConfig venue, SimulatedMarket market) {
    for (ListedMarket listed : market.listings(venue.name())) {
      String symbol = listed.instrument().wireSymbol();
      bySymbol.put(symbol, listed);
      wires.put(symbol, new ListingWire(listed));
    }
    this.exchangeInfo = new ExchangeInfo(venue.weightPerMinute());
  }

  /**
   * @param path below the host, {@code /api/v3/depth}
   * @param parameters decoded query
   * @param nowMillis the exchange's clock
   * @return the reply, or nothing for a path that is not served
   */
  public Optional<RestReply> reply(
      String path, Map<String, List<String>> parameters, long nowMillis) {
    var query = new Query(parameters);
    try {
      Optional<String> body =
          switch (path) {
            case "/api/v3/ping" -> Optional.of(ping(query));
            case "/api/v3/time" -> Optional.of(time(query, nowMillis));
            case "/api/v3/exchangeInfo" -> Optional.of(exchangeInfo(query, nowMillis));
            case "/api/v3/depth" -> Optional.of(depth(query));
            case "/api/v3/klines" -> Optional.of(klines(query));
            case "/api/v3/aggTrades" -> Optional.of(aggTrades(query));
            case "/api/v3/ticker/price" -> Optional.of(price(query));
            case "/api/v3/ticker/bookTicker" -> Optional.of(bookTicker(query));
            default -> Optional.empty();
          };
      return body.map(RestReply::ok);
    } catch (BadRequest refused) {
      return Optional.of(refused.reply());
    }
  }

  private static String ping(Query query) throws BadRequest {
    query.requireAllRead();
    return "{}";
  }

  private static String time(Query query, long nowMillis) throws BadRequest {
    query.requireAllRead();
    return "{\"serverTime\":" + nowMillis + "}";
  }

  private String exchangeInfo(Query query, long nowMillis) throws BadRequest {
    Optional<ListedMarket> one = optionalSymbol(query);
    Optional<String> several = query.optionalText("symbols");
    query.requireAllRead();
    if (one.isPresent() && several.isPresent()) {
      throw BadRequest.combination();
    }
    List<ListedMarket> wanted =
        several.isPresent()
            ? several(several.get())
            : one.map(List::of).orElse(List.copyOf(bySymbol.values()));
    return exchangeInfo.json(wanted, nowMillis);
  }

  /** {@code ["BTCUSDT","ETHUSDT"]}, no white space, as Binance wants it. */
  private List<ListedMarket> several(String names) throws BadRequest {
    if (!SYMBOLS.matcher(names).matches()) {
      throw BadRequest.invalid("symbols");
    }
    List<ListedMarket> listed = new ArrayList<>();
    for (String quoted : names.substring(1, names.length() - 1).split(",")) {
      listed.add(listed(quoted.substring(1, quoted.length() - 1)));
    }
    return listed;
  }

  private String depth(Query query) throws BadRequest {
    ListedMarket listed = symbol(query);
    int limit = query.limit(USUAL_LEVELS, MOST_LEVELS);
    query.requireAllRead();
    LevelBook book = listed.book();
    return wire(listed)
        .depthSnapshot(book.updateId(), book.levels(Side.BID, limit), book.levels(Side.ASK, limit));
  }

  private String klines(Query query) throws BadRequest {
    ListedMarket listed = symbol(query);
    long interval = KlineInterval.millis(query.text("interval")).orElseThrow(BadRequest::interval);
    OptionalLong from = query.number("startTime");
    OptionalLong to = query.number("endTime");
    int limit = query.limit(USUAL_ROWS, MOST_ROWS);
    query.requireAllRead();
    List<Kline> bars = listed.bars().bars(interval, from.orElse(0), to.orElse(Long.MAX_VALUE));
    // with a start the oldest rows from there, without one the newest
    int first = from.isPresent() ? 0 : Math.max(0, bars.size() - limit);
    ListingWire wire = wire(listed);
    return bars.stream()
        .skip(first)
        .limit(limit)
        .map(wire::klineRow)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private String aggTrades(Query query) throws BadRequest {
    ListedMarket listed = symbol(query);
    OptionalLong fromId = query.number("fromId");
    OptionalLong from = query.number("startTime");
    OptionalLong to = query.number("endTime");
    int limit = query.limit(USUAL_ROWS, MOST_ROWS);
    query.requireAllRead();
    if (fromId.isPresent() && (from.isPresent() || to.isPresent())) {
      throw BadRequest.combination();
    }
    List<Trade> found = new ArrayList<>();
    for (Trade trade : listed.trades()) {
      if (trade.id() >= fromId.orElse(0)
          && trade.millis() >= from.orElse(0)
          && trade.millis() <= to.orElse(Long.MAX_VALUE)) {
        found.add(trade);
      }
    }
    boolean oldestFirst = fromId.isPresent() || from.isPresent();
    ListingWire wire = wire(listed);
    return found.stream()
        .skip(oldestFirst ? 0 : Math.max(0, found.size() - limit))
        .limit(limit)
        .map(wire::aggTradeRow)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private String bookTicker(Query query) throws BadRequest {
    Optional<ListedMarket> one = optionalSymbol(query);
    query.requireAllRead();
    if (one.isPresent()) {
      return wire(one.get()).bookTickerRow(one.get());
    }
    return bySymbol.values().stream()
        .map(listed -> wire(listed).bookTickerRow(listed))
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** The last trade's price; the best bid before there is one. */
  private String price(Query query) throws BadRequest {
    Optional<ListedMarket> one = optionalSymbol(query);
    query.requireAllRead();
    if (one.isPresent()) {
      return wire(one.get()).priceRow(one.get());
    }
    return bySymbol.values().stream()
        .map(listed -> wire(listed).priceRow(listed))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private ListedMarket symbol(Query query) throws BadRequest {
    return listed(query.text("symbol"));
  }

  private Optional<ListedMarket> optionalSymbol(Query query) throws BadRequest {
    Optional<String> symbol = query.optionalText("symbol");
    return symbol.isEmpty() ? Optional.empty() : Optional.of(listed(symbol.get()));
  }

  private ListedMarket listed(String symbol) throws BadRequest {
    ListedMarket listed = bySymbol.get(symbol);
    if (listed == null) {
      throw BadRequest.symbol();
    }
    return listed;
  }

  private ListingWire wire(ListedMarket listed) {
    ListingWire wire = wires.get(listed.instrument().wireSymbol());
    if (wire == null) {
      throw new IllegalStateException("no wire for " + listed.instrument().symbol());
    }
    return wire;
  }
}
