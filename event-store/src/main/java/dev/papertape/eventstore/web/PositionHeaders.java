package dev.papertape.eventstore.web;

/** The headers by which a client reads its own writes. */
public final class PositionHeaders {
  /** On replies: log position of the newest event that the reply reflects or the command wrote. */
  public static final String POSITION = "X-Position";

  /** On requests: answer only once this position is reflected. */
  public static final String READ_AFTER = "X-Read-After";

  private PositionHeaders() {}
}
