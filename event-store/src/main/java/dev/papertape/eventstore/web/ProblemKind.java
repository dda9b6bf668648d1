package dev.papertape.eventstore.web;

/**
 * The kinds of problem a client can meet. The type URI is {@code /problems/<slug>}; it is stable,
 * the title is the same for every occurrence, the detail says what happened this time.
 */
public enum ProblemKind {
  MALFORMED_REQUEST("malformed-request", 400, "The request cannot be read"),
  MALFORMED_BODY("malformed-body", 400, "The body is not the JSON this route reads"),
  INVALID_PARAMETERS("invalid-parameters", 400, "A parameter or header is not valid"),
  FORBIDDEN("forbidden", 403, "Not allowed here"),
  NOT_FOUND("not-found", 404, "There is no such thing"),
  METHOD_NOT_ALLOWED("method-not-allowed", 405, "This route does not know that method"),
  NOT_ACCEPTABLE("not-acceptable", 406, "No acceptable representation"),
  WRONG_STATE("wrong-state", 409, "Not possible in the present state"),
  IDEMPOTENCY_KEY_REUSED(
      "idempotency-key-reused", 409, "The idempotency key was used with another body"),
  BODY_TOO_LARGE("body-too-large", 413, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "This content type is not read here"),
  CONTRACT_VIOLATION("contract-violation", 422, "The request does not keep its contract"),
  TOO_MANY_REQUESTS("too-many-requests", 429, "Too many requests"),
  INTERNAL_ERROR("internal-error", 500, "Something is broken on our side"),
  UNAVAILABLE("unavailable", 503, "Not available right now"),
  POSITION_NOT_REACHED("position-not-reached", 503, "The projection has not got there yet"),
  /** Not a 503: a proxy may send those on to another process, whose answer would replace this. */
  OUTCOME_UNKNOWN("outcome-unknown", 504, "It is not known whether the command took effect"),
  NOT_LEASE_HOLDER("not-lease-holder", 503, "Another process holds the engine's lease");

  private final String slug;
  private final int status;
  private final String title;

  ProblemKind(String slug, int status, String title) {
    this.slug = slug;
    this.status = status;
    this.title = title;
  }

  public String type() {
    return "/problems/" + slug;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** The kind that says most about a bare HTTP status. */
  static ProblemKind ofStatus(int status) {
    return switch (status) {
      case 403 -> FORBIDDEN;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 409 -> WRONG_STATE;
      case 413 -> BODY_TOO_LARGE;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 422 -> CONTRACT_VIOLATION;
      case 429 -> TOO_MANY_REQUESTS;
      case 503 -> UNAVAILABLE;
      default -> status < 500 ? MALFORMED_REQUEST : INTERNAL_ERROR;
    };
  }
}
