package dev.papertape.eventstore.contract;

/** Which way what a contract describes goes. */
public enum Role {
  /** Body of a request. */
  REQUEST,
  /** Query parameters of a request, as one object; a number where the contract has a number. */
  QUERY,
  /** Body of a reply. */
  RESPONSE,
  /** What a venue sends, or what is made of it before anybody relies on it. */
  INGEST,
  /** Payload of a command between parts of the program. */
  COMMAND,
  /** Payload of an event in the log. */
  EVENT
}
