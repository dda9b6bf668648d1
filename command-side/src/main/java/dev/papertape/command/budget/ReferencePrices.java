package dev.papertape.command.budget;

import dev.papertape.contracts.budget.Admission.Wish;
import dev.papertape.contracts.budget.Breaker;
import dev.papertape.contracts.budget.BudgetEvent.FallbackChosen;
import dev.papertape.contracts.budget.BudgetEvent.Rejection;
import dev.papertape.contracts.budget.Capability;
import dev.papertape.contracts.budget.DenialReason;
import dev.papertape.contracts.budget.Fallback;
import dev.papertape.contracts.budget.ProviderState;
import dev.papertape.contracts.market.Symbol;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the cheapest viable provider for a symbol's price, the next one when that fails, and writes
 * down who was chosen and why not the others whenever that is news. Used by one thread. The price
 * is compared with our own and feeds nothing else.
 */
public final class ReferencePrices {
  private static final Logger log = LoggerFactory.getLogger(ReferencePrices.class);

  /** Somebody who can tell prices. */
  public interface Source {
    String provider();

    Wish wish();

    BigDecimal price(Symbol symbol) throws IOException, InterruptedException;
  }

  /** The ledger of a provider as it stands; empty when it cannot be read. */
  @FunctionalInterface
  public interface Ledgers {
    Optional<ProviderState> inspect(String provider);
  }

  /** A price and who told it. */
  public record Quote(String provider, BigDecimal price) {}

  /** What makes a choice news: who, and who could not be asked. */
  private record News(@Nullable String chosen, List<Rejection> unable) {}

  private final Ledgers ledgers;
  private final Consumer<FallbackChosen> journal;
  private final ProviderClocks clocks;
  private final InstantSource clock;
  private final Map<Symbol, News> told = new HashMap<>();
  private Set<String> toBeTried = Set.of();
  private final Map<String, Integer> failuresInARow = new HashMap<>();
  private boolean again;

  /**
   * @param journal takes a choice that is news
   * @param clocks by which each ledger is looked at
   * @param clock of the choices
   */
  public ReferencePrices(
      Ledgers ledgers,
      Consumer<FallbackChosen> journal,
      ProviderClocks clocks,
      InstantSource clock) {
    this.ledgers = ledgers;
    this.journal = journal;
    this.clocks = clocks;
    this.clock = clock;
  }

  /** Providers whose breaker would let one call through, to see whether they answer again. */
  public Set<String> toBeTried() {
    return toBeTried;
  }

  /**
   * Whether somebody who could be asked did not answer the newest question, and so few times in a
   * row that the breaker should know soon. Who goes on like that without opening it (because an
   * answer that is of no use is an answer) is asked at the usual pace.
   */
  public boolean isToBeRepeatedSoon() {
    return again;
  }

  /** The price that the first of them told who could be asked and did not fail; else empty. */
  public Optional<Quote> price(Symbol symbol, List<Source> sources) throws InterruptedException {
    again = false;
    Map<String, Source> byName = new HashMap<>();
    sources.forEach(source -> byName.put(source.provider(), source));
    Map<String, ProviderState> states = new HashMap<>();
    List<Rejection> rejected = new ArrayList<>();
    for (Source source : sources) {
      ledgers
          .inspect(source.provider())
          .ifPresentOrElse(
              state -> states.put(source.provider(), state),
              () ->
                  rejected.add(new Rejection(source.provider(), DenialReason.LEDGER_UNAVAILABLE)));
    }
    Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Fallback.Ranking ranking =
        Fallback.rank(
            List.copyOf(states.values()), provider -> wish(byName, provider), this::timeOf);
    rejected.addAll(ranking.rejected());
    toBeTried =
        states.values().stream()
            .filter(state -> state.breaker().at(timeOf(state)) == Breaker.Position.HALF_OPEN)
            .map(ProviderState::provider)
            .collect(Collectors.toUnmodifiableSet());
    ranking.rejected().forEach(each -> failuresInARow.remove(each.provider()));
    List<String> viable = new ArrayList<>(ranking.viable());
    Quote quote = null;
    while (quote == null && !viable.isEmpty()) {
      String next = viable.removeFirst();
      try {
        quote = new Quote(next, source(byName, next).price(symbol));
        failuresInARow.remove(next);
      } catch (CallDeniedException denied) {
        rejected.add(new Rejection(next, denied.denied().reason()));
      } catch (IOException noAnswer) {
        log.debug("no price of {} from {}: {}", symbol, next, noAnswer.getMessage());
        rejected.add(new Rejection(next, DenialReason.CALL_FAILED));
        again |= failuresInARow.merge(next, 1, Integer::sum) <= Breaker.MOST_FAILURES;
      }
    }
    tell(symbol, quote, rejected, viable, states, byName, at);
    return Optional.ofNullable(quote);
  }

  private void tell(
      Symbol symbol,
      @Nullable Quote quote,
      List<Rejection> unable,
      List<String> others,
      Map<String, ProviderState> states,
      Map<String, Source> byName,
      Instant at) {
    String chosen = quote == null ? null : quote.provider();
    News news = new News(chosen, List.copyOf(unable));
    if (news.equals(told.get(symbol))) {
      return;
    }
    List<Rejection> rejected = new ArrayList<>(unable);
    ProviderState first = chosen == null ? null : states.get(chosen);
    for (String other : others) {
      ProviderState second = states.get(other);
      if (first != null && second != null) {
        rejected.add(new Rejection(other, Fallback.why(first, second, wish(byName, other))));
      }
    }
    journal.accept(
        new FallbackChosen(Capability.PRICE, symbol.value(), chosen, List.copyOf(rejected), at));
    told.put(symbol, news);
  }

  private Instant timeOf(ProviderState state) {
    return state.noEarlier(clocks.now(state.provider()));
  }

  private static Wish wish(Map<String, Source> sources, String provider) {
    return source(sources, provider).wish();
  }

  private static Source source(Map<String, Source> sources, String provider) {
    Source source = sources.get(provider);
    if (source == null) {
      throw new IllegalStateException("nobody asked for " + provider);
    }
    return source;
  }
}
