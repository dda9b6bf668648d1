/**
 * Who may do what only one process may do: PostgreSQL leases with an epoch. The append transaction
 * refuses an old epoch.
 */
@NullMarked
package dev.papertape.eventstore.lease;

import org.jspecify.annotations.NullMarked;
