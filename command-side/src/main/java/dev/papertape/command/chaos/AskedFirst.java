package dev.papertape.command.chaos;

import dev.papertape.command.VenueSettings;
import dev.papertape.contracts.budget.Admission.Wish;
import dev.papertape.contracts.budget.Capability;
import dev.papertape.contracts.budget.Fallback;
import dev.papertape.contracts.budget.ProviderState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The provider who is asked for prices as things stand: held replies of another one might meet
 * nobody who waits for them.
 *
 * @param ledgers each provider's ledger, empty where it cannot be read
 * @param clocks each provider's time
 */
record AskedFirst(
    Function<String, Optional<ProviderState>> ledgers, Function<String, Instant> clocks) {
  /** The dearest of the price calls, so that whoever is first may be asked by any wire. */
  private static final Wish PRICE = new Wish(Capability.PRICE, 2, 0, null, false);

  /** Empty when nobody may be asked now. */
  Optional<String> among(List<VenueSettings> venues) {
    List<ProviderState> states =
        venues.stream()
            .map(venue -> ledgers.apply(venue.venue().name()))
            .flatMap(Optional::stream)
            .toList();
    return Fallback.rank(states, _ -> PRICE, state -> clocks.apply(state.provider()))
        .viable()
        .stream()
        .findFirst();
  }
}
