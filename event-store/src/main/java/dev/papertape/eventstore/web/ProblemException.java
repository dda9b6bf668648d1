package dev.papertape.eventstore.web;

/**
 * Ends a request with a problem. It is an answer, not a fault: no stack trace is taken, nothing is
 * logged.
 */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
