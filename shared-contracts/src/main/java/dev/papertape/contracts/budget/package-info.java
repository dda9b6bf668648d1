/**
 * What may be asked of providers of data: quotas, prices, reservations, the choice among them. The
 * ledger of one provider is folded here, because the aggregate that decides and the projection that
 * shows must read the same events the same way.
 */
@NullMarked
package dev.papertape.contracts.budget;

import org.jspecify.annotations.NullMarked;
