package dev.papertape.eventstore.web;

/** What becomes of a response that breaks its contract. */
public enum ResponseChecking {
  /** Nobody looks: production. */
  OFF,
  /** It is said in the log and counted; the client gets it all the same. */
  LOG,
  /** The same, and the client gets a 500 instead: tests. */
  FAIL
}
