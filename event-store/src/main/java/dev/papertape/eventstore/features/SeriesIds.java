package dev.papertape.eventstore.features;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Numbers of series, made when first written. Thread-safe. */
final class SeriesIds {
  private static final String FIND =
      "SELECT series FROM feature_series"
          + " WHERE symbol = ? AND name = ? AND version = ? AND venue = ?";
  private static final String MAKE =
      "INSERT INTO feature_series (symbol, name, version, venue) VALUES (?, ?, ?, ?)"
          + " ON CONFLICT DO NOTHING";

  private final Map<FeatureSeries, Integer> known = new ConcurrentHashMap<>();

  /** Ids as one transaction sees them; {@link #commit} once it is durable. */
  final class Session {
    private final Connection connection;
    private final Map<FeatureSeries, Integer> found = new HashMap<>();

    private Session(Connection connection) {
      this.connection = connection;
    }

    int of(FeatureSeries series) throws SQLException {
      Integer id = known.get(series);
      id = id == null ? found.get(series) : id;
      if (id == null) {
        id = findOrMake(series);
        found.put(series, id);
      }
      return id;
    }

    void commit() {
      known.putAll(found);
    }

    private int findOrMake(FeatureSeries series) throws SQLException {
      try (PreparedStatement make = prepared(MAKE, series)) {
        make.executeUpdate();
      }
      try (PreparedStatement find = prepared(FIND, series);
          ResultSet row = find.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("the series was made and is not there: " + series);
        }
        return row.getInt(1);
      }
    }

    private PreparedStatement prepared(String sql, FeatureSeries series) throws SQLException {
      PreparedStatement statement = connection.prepareStatement(sql);
      statement.setString(1, series.symbol());
      statement.setString(2, series.name());
      statement.setInt(3, series.version());
      statement.setString(4, series.venue());
      return statement;
    }
  }

  Session in(Connection connection) {
    return new Session(connection);
  }
}
