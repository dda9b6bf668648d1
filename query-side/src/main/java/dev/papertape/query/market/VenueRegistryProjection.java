package dev.papertape.query.market;

import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.market.Venue;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.projection.Changes;
import dev.papertape.eventstore.projection.Projection;
import dev.papertape.eventstore.projection.Table;
import dev.papertape.eventstore.projection.Table.Column;
import dev.papertape.query.EventJson;
import dev.papertape.query.ReadModels;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One row a registered venue, one a stream of its candles. */
@Component
final class VenueRegistryProjection implements Projection {
  static final String NAME = "venues";

  private static final Table VENUE =
      new Table(
          "market_venue",
          List.of(new Column("venue", "text")),
          List.of(new Column("view", "json")));

  private final EventJson json;

  VenueRegistryProjection(EventJson json) {
    this.json = json;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Table> tables() {
    return Set.of(VENUE, CandleSyncs.TABLE);
  }

  @Override
  public Set<String> payloadTypes() {
    return EventJson.names(Set.of(MarketEvent.class));
  }

  @Override
  public Fold open(Connection connection) throws SQLException {
    Map<Venue, VenueView> venues = new HashMap<>();
    ReadModels.rows(
            connection,
            "SELECT view FROM market_venue",
            row -> json.view(row.getString(1), VenueView.class))
        .forEach(venue -> venues.put(venue.venue(), venue));
    return new VenueFold(venues, CandleSyncs.load(connection));
  }

  private final class VenueFold implements Fold {
    private final Map<Venue, VenueView> venues;
    private final CandleSyncs syncs;

    VenueFold(Map<Venue, VenueView> venues, CandleSyncs syncs) {
      this.venues = venues;
      this.syncs = syncs;
    }

    @Override
    public void apply(LoggedEvent logged, Changes changes) {
      MarketEvent event = (MarketEvent) json.event(logged);
      VenueView before = venues.get(event.venue());
      VenueView after = fold(before, event);
      if (after != null && !after.equals(before)) {
        venues.put(event.venue(), after);
        changes.upsert(VENUE, List.of(event.venue().name()), List.of(json.column(after)));
      }
      syncs.apply(event, changes);
    }
  }

  /** A venue is registered before anything else happens to it; until then nothing is shown. */
  static @Nullable VenueView fold(@Nullable VenueView before, MarketEvent event) {
    return switch (event) {
      case MarketEvent.VenueRegistered registered ->
          VenueView.of(
              registered, before == null ? VenueView.Connection.UNKNOWN : before.connection());
      case MarketEvent.VenueConnected connected ->
          before == null ? null : before.with(VenueView.Connection.of(connected));
      case MarketEvent.VenueDisconnected lost ->
          before == null ? null : before.with(before.connection().after(lost));
      case MarketEvent.BookResynced _, MarketEvent.VenueScored _, MarketEvent.CandlesSynced _ ->
          before;
    };
  }
}
