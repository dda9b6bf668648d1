package dev.papertape.contracts.budget;

/** What became of a call that was reserved. */
public enum CallOutcome {
  /** Answered as asked. */
  OK,
  /** Answered that the request is wrong (4xx); the provider is well. */
  REFUSED,
  /** Answered that too much was asked (429, 418 or the wire's own word for it). */
  LIMITED,
  /** No answer, or a bad one (5xx). */
  FAILED,
  /** No whole answer in time. */
  TIMED_OUT,
  /** Given up by the caller after it was sent. */
  CANCELLED,
  /** It would change something there, and nobody knows whether it did. Never repeated. */
  UNKNOWN;

  /** Whether it speaks against the provider: the breaker counts those in a row. */
  public boolean isFailure() {
    return switch (this) {
      case FAILED, TIMED_OUT, UNKNOWN -> true;
      case OK, REFUSED, LIMITED, CANCELLED -> false;
    };
  }

  /** Whether it shows that the provider answers. */
  public boolean isAnswer() {
    return this == OK || this == REFUSED;
  }
}
