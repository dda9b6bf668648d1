package dev.papertape.eventstore.web;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keys in table {@code idempotency}, where the append transaction claims them. */
final class PostgresIdempotencyRecords implements IdempotencyRecords {
  private final JdbcTemplate jdbc;

  PostgresIdempotencyRecords(DataSource dataSource) {
    this.jdbc = new JdbcTemplate(dataSource);
  }

  @Override
  public Optional<Claimed> find(String key) {
    List<Claimed> found =
        jdbc.query(
            "SELECT body_hash, subject, position, created_at, reply FROM idempotency WHERE key = ?",
            (row, index) ->
                new Claimed(
                    row.getString(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getObject(4, OffsetDateTime.class).toInstant(),
                    row.getBytes(5)),
            key);
    return found.stream().findFirst();
  }

  @Override
  public void keepReply(String key, byte[] reply) {
    jdbc.update("UPDATE idempotency SET reply = ? WHERE key = ? AND reply IS NULL", reply, key);
  }
}
