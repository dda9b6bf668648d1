package dev.papertape.query.market;

import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.market.MarketEvent.CandlesSynced;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.eventstore.projection.Changes;
import dev.papertape.eventstore.projection.Table;
import dev.papertape.eventstore.projection.Table.Column;
import dev.papertape.query.ReadModels;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When each listed stream's candles were last complete, by feed time. One that was listed and never
 * synced has a row without a time, so that it is not overlooked.
 */
final class CandleSyncs {
  static final Table TABLE =
      new Table(
          "market_candle_sync",
          List.of(new Column("venue", "text"), new Column("symbol", "text")),
          List.of(new Column("synced_ms", "bigint")));

  private final Map<Venue, Map<Symbol, @Nullable Instant>> syncedAt;

  private CandleSyncs(Map<Venue, Map<Symbol, @Nullable Instant>> syncedAt) {
    this.syncedAt = syncedAt;
  }

  static CandleSyncs load(Connection connection) throws SQLException {
    Map<Venue, Map<Symbol, @Nullable Instant>> syncedAt = new HashMap<>();
    ReadModels.rows(
        connection,
        "SELECT venue, symbol, synced_ms FROM market_candle_sync",
        row -> {
          Long ms = row.getObject(3, Long.class);
          return syncedAt
              .computeIfAbsent(new Venue(row.getString(1)), _ -> new TreeMap<>())
              .put(new Symbol(row.getString(2)), ms == null ? null : Instant.ofEpochMilli(ms));
        });
    return new CandleSyncs(syncedAt);
  }

  void apply(MarketEvent event, Changes changes) {
    switch (event) {
      case MarketEvent.VenueRegistered registered -> {
        for (InstrumentRules rules : registered.symbols()) {
          Map<Symbol, @Nullable Instant> symbols = symbols(event.venue());
          if (!symbols.containsKey(rules.symbol())) {
            put(event.venue(), rules.symbol(), null, changes);
          }
        }
      }
      case CandlesSynced synced -> {
        Symbol only = synced.symbol();
        List<Symbol> symbols =
            only != null ? List.of(only) : List.copyOf(symbols(synced.venue()).keySet());
        symbols.forEach(symbol -> put(synced.venue(), symbol, synced.feedTime(), changes));
      }
      case MarketEvent.VenueConnected _,
          MarketEvent.VenueDisconnected _,
          MarketEvent.BookResynced _,
          MarketEvent.VenueScored _ -> {}
    }
  }

  private Map<Symbol, @Nullable Instant> symbols(Venue venue) {
    return syncedAt.computeIfAbsent(venue, _ -> new TreeMap<>());
  }

  private void put(Venue venue, Symbol symbol, @Nullable Instant at, Changes changes) {
    symbols(venue).put(symbol, at);
    changes.upsert(
        TABLE,
        List.of(venue.name(), symbol.value()),
        Arrays.asList(at == null ? null : (Long) at.toEpochMilli()));
  }
}
