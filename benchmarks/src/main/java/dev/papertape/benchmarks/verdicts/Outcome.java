package dev.papertape.benchmarks.verdicts;

/** How a rollout, or a peer's analysis of the same stream, ended. */
enum Outcome {
  PROMOTED,
  ABORTED,
  /** Neither by the sample cap. */
  HELD
}
