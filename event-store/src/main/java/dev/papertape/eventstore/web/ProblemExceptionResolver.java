package dev.papertape.eventstore.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Turns every exception of a handler, of argument resolution, of routing and of an async result
 * into a problem. A bug becomes a 500 with an incident number that stands in the log; its stack
 * trace stays there.
 */
final class ProblemExceptionResolver implements HandlerExceptionResolver, Ordered {
  private static final Logger log = LoggerFactory.getLogger(ProblemExceptionResolver.class);

  private final ProblemWriter writer;

  ProblemExceptionResolver(ProblemWriter writer) {
    this.writer = writer;
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception exception) {
    if (isClientGone(exception)) {
      return new ModelAndView();
    }
    Problem problem = ProblemOfException.of(exception).orElseGet(() -> bug(request, exception));
    try {
      writer.write(problem, request, response);
    } catch (IOException gone) {
      log.debug("client left before its problem was written", gone);
    }
    return new ModelAndView();
  }

  private static boolean isClientGone(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof ClientAbortException || t instanceof AsyncRequestNotUsableException) {
        return true;
      }
    }
    return false;
  }

  private static Problem bug(HttpServletRequest request, Exception exception) {
    if (exception instanceof HttpMessageNotReadableException) {
      return Problem.violated(
          ProblemKind.MALFORMED_BODY,
          List.of(new Violation("", "UNREADABLE", "the body cannot be read", null)));
    }
    String incident = UUID.randomUUID().toString();
    log.error(
        "incident {}: {} {} failed",
        incident,
        request.getMethod(),
        request.getRequestURI(),
        exception);
    return Problem.of(ProblemKind.INTERNAL_ERROR, "see the log for incident " + incident)
        .with("incident", incident);
  }
}
