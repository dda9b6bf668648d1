package dev.papertape.command.alpha;

import java.util.List;
import java.util.SortedMap;

/**
 * Somebody else's alpha: a Spring bean of this type, or a service of a jar on the class path
 * ({@code META-INF/services/dev.papertape.command.alpha.AlphaProvider}). It is registered at the
 * start in stage INCUBATING, called on a thread of its own within a deadline, and benched when it
 * throws, hangs or gives what is no signal.
 */
public interface AlphaProvider {
  /** 1 to 64 characters of {@code [a-z0-9-]}. */
  String alphaId();

  /** For people. */
  String name();

  /** Names of the features that it reads: only of these will there be values. */
  default List<String> features() {
    return List.of();
  }

  /** What may be tuned, by an operator or a population. */
  default List<ParameterRange> parameters() {
    return List.of();
  }

  /**
   * @param params a value of each of {@link #parameters()}
   * @return of kind PROVIDED, with {@link #alphaId()} for its id
   */
  Alpha create(SortedMap<String, Double> params);
}
