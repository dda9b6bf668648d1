package dev.papertape.contracts.deploy;

/** What moved a rollout. */
public enum Trigger {
  EVIDENCE,
  OPERATOR
}
