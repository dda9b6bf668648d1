package dev.papertape.command.chaos;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the engine knows of experiments: which are active between two of its inputs. Owned by the
 * engine's thread.
 */
public final class ActiveExperiments {
  /** Metadata key of every event that the engine writes meanwhile. */
  public static final String METADATA_KEY = "chaosExperimentId";

  private List<ActiveExperiment> active = List.of();
  private @Nullable String tag;

  /** From here on exactly these are active. */
  public void become(List<ActiveExperiment> now) {
    active = List.copyOf(now);
    tag =
        active.isEmpty()
            ? null
            : active.stream()
                .map(ActiveExperiment::experimentId)
                .sorted()
                .collect(Collectors.joining(","));
  }

  /** The one that is active, the oldest of several; samples taken meanwhile are not ordinary. */
  public Optional<ActiveExperiment> activeExperiment() {
    return active.isEmpty() ? Optional.empty() : Optional.of(active.getFirst());
  }

  /** Ids of all that are active, sorted and joined by commas; null without any. */
  public @Nullable String tag() {
    return tag;
  }
}
