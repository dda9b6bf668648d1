package dev.papertape.command.features.parity;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Where a backtest gets its bars from: with every revision, and since when it was known. */
public interface BarHistory {

  /** One venue and symbol of which there are bars. */
  record Stream(Venue venue, Symbol symbol) {}

  List<Stream> streams(Connection connection) throws SQLException;

  /** Every revision of the 1m bars that open in {@code [from, to)}. */
  List<KnownBar> bars(Connection connection, Stream stream, Instant from, Instant to)
      throws SQLException;
}
