package dev.papertape.contracts.alpha;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaBenched;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaChanged;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaPaused;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaRegistered;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaResumed;
import dev.papertape.contracts.alpha.AlphaEvent.RegistryEvent;
import dev.papertape.contracts.promotion.PromotionEvent.StageChanged;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Every alpha as its events have it: the one fold of the registry. Immutable. It begins with what
 * is configured; the log overrules that alpha by alpha, from its registration on.
 */
public final class AlphaRoster {
  /** Nobody. */
  public static final AlphaRoster EMPTY =
      new AlphaRoster(new TreeMap<>(), Set.of(), new TreeMap<>());

  private final SortedMap<String, AlphaSpec> specs;
  private final Set<String> registered;

  /** An alpha may be benched before the log knows it: what it registers as is benched, too. */
  private final SortedMap<String, String> benched;

  private AlphaRoster(
      SortedMap<String, AlphaSpec> specs,
      Set<String> registered,
      SortedMap<String, String> benched) {
    this.specs = specs;
    this.registered = registered;
    this.benched = benched;
  }

  /**
   * @param configured works as long as the log does not know an alpha of that id
   */
  public static AlphaRoster of(List<AlphaSpec> configured) {
    SortedMap<String, AlphaSpec> specs = new TreeMap<>();
    configured.forEach(spec -> specs.put(spec.alphaId(), spec));
    return new AlphaRoster(specs, Set.of(), new TreeMap<>());
  }

  /**
   * As it was when it was kept.
   *
   * @param registered all that the log knew
   * @param benched why, by alpha id; known alphas or not
   */
  public static AlphaRoster restored(
      List<AlphaSpec> registered, SortedMap<String, String> benched) {
    SortedMap<String, AlphaSpec> specs = new TreeMap<>();
    registered.forEach(spec -> specs.put(spec.alphaId(), spec));
    return new AlphaRoster(specs, Set.copyOf(specs.keySet()), new TreeMap<>(benched));
  }

  /** Why it is benched, registered or not; null unless it is. */
  public @Nullable String benched(String alphaId) {
    return benched.get(alphaId);
  }

  /** All, by id. */
  public List<AlphaSpec> specs() {
    return List.copyOf(specs.values());
  }

  public Optional<AlphaSpec> find(String alphaId) {
    return Optional.ofNullable(specs.get(alphaId));
  }

  /** Whether the log knows it. */
  public boolean isRegistered(String alphaId) {
    return registered.contains(alphaId);
  }

  /** Ids that the log knows, in order. */
  public List<String> registeredIds() {
    return registered.stream().sorted().toList();
  }

  /** After any event: steps of alphas' lives and of their promotion change something. */
  public AlphaRoster after(DomainEvent event) {
    if (event instanceof RegistryEvent step) {
      return after(step);
    }
    return event instanceof StageChanged changed ? staged(changed.alphaId(), changed.to()) : this;
  }

  /** After a step in an alpha's life. */
  public AlphaRoster after(RegistryEvent event) {
    return switch (event) {
      case AlphaRegistered first -> registered(first);
      case AlphaChanged changed ->
          with(
              changed.alphaId(),
              spec ->
                  of(
                      spec,
                      changed.params(),
                      changed.weight(),
                      spec.stage(),
                      spec.paused(),
                      spec.benchedReason(),
                      changed.populationId()));
      case AlphaPaused paused -> active(paused.alphaId(), true, null, true);
      case AlphaResumed resumed -> active(resumed.alphaId(), false, null, false);
      case AlphaBenched it -> active(it.alphaId(), null, it.reason() + ": " + it.detail(), true);
    };
  }

  private AlphaRoster staged(String alphaId, AlphaStage stage) {
    return with(
        alphaId,
        spec ->
            of(
                spec,
                spec.params(),
                spec.weight(),
                stage,
                spec.paused(),
                spec.benchedReason(),
                spec.populationId()));
  }

  private AlphaRoster registered(AlphaRegistered first) {
    String id = first.alphaId();
    SortedMap<String, AlphaSpec> next = new TreeMap<>(specs);
    next.put(
        id,
        new AlphaSpec(
            id,
            first.name(),
            first.kind(),
            first.params(),
            first.symbols(),
            first.features(),
            first.weight(),
            first.stage(),
            false,
            benched.get(id),
            first.populationId()));
    Set<String> known = new HashSet<>(registered);
    known.add(id);
    return new AlphaRoster(next, Set.copyOf(known), benched);
  }

  /**
   * @param paused null to leave it
   * @param reason why it is benched
   * @param keepsBench whether what benched it before still holds without a new reason
   */
  private AlphaRoster active(
      String id, @Nullable Boolean paused, @Nullable String reason, boolean keepsBench) {
    SortedMap<String, String> next = new TreeMap<>(benched);
    if (reason != null) {
      next.put(id, reason);
    } else if (!keepsBench) {
      next.remove(id);
    }
    return new AlphaRoster(specs, registered, next)
        .with(
            id,
            spec ->
                of(
                    spec,
                    spec.params(),
                    spec.weight(),
                    spec.stage(),
                    paused == null ? spec.paused() : paused,
                    next.get(id),
                    spec.populationId()));
  }

  private AlphaRoster with(String id, UnaryOperator<AlphaSpec> change) {
    AlphaSpec before = specs.get(id);
    if (before == null) {
      return this;
    }
    SortedMap<String, AlphaSpec> next = new TreeMap<>(specs);
    next.put(id, change.apply(before));
    return new AlphaRoster(next, registered, benched);
  }

  private static AlphaSpec of(
      AlphaSpec spec,
      SortedMap<String, Double> params,
      double weight,
      AlphaStage stage,
      boolean paused,
      @Nullable String benchedReason,
      @Nullable String populationId) {
    return new AlphaSpec(
        spec.alphaId(),
        spec.name(),
        spec.kind(),
        params,
        spec.symbols(),
        spec.features(),
        weight,
        stage,
        paused,
        benchedReason,
        populationId);
  }
}
