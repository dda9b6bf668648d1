package dev.papertape.contracts.guards;

import dev.papertape.contracts.AggregateCommand;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An operator sets the limit of one guard.
 *
 * @param guard one {@linkplain GuardName#withLimit() with a limit to set}
 * @param limit in the guard's unit; null gives it back to the default or the release
 * @param reason kept in the log, never blank
 */
public record GuardLimitCommand(GuardName guard, @Nullable BigDecimal limit, String reason)
    implements AggregateCommand {
  /** One paper account has one set of limits. */
  public static final String ID = "guard-limits:paper";

  @Override
  public String aggregateId() {
    return ID;
  }
}
