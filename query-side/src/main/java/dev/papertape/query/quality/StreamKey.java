package dev.papertape.query.quality;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.quality.Channel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream as the tables name it.
 *
 * @param symbol empty where none can be told
 */
record StreamKey(String venue, String symbol, Channel channel) {
  static StreamKey of(Object venue, @Nullable Symbol symbol, Channel channel) {
    return new StreamKey(venue.toString(), symbol == null ? "" : symbol.value(), channel);
  }

  /** From columns 1 to 3. */
  static StreamKey of(ResultSet row) throws SQLException {
    return new StreamKey(row.getString(1), row.getString(2), Channel.valueOf(row.getString(3)));
  }

  List<Object> columns() {
    return List.of(venue, symbol, channel.name());
  }

  List<Object> columns(long last) {
    return List.of(venue, symbol, channel.name(), last);
  }

  @Nullable Symbol shownSymbol() {
    return symbol.isEmpty() ? null : new Symbol(symbol);
  }
}
