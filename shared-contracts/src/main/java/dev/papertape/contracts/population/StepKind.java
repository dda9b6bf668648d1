package dev.papertape.contracts.population;

/** What a step did to a member's parameters. */
public enum StepKind {
  /** It took the source's over. */
  EXPLOIT,
  /** Some went up or down by a fifth, a choice to its neighbour. */
  PERTURB,
  /** Some were drawn anew within their bounds. */
  RESAMPLE
}
