package dev.papertape.eventstore.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers what filters, the container and {@code sendError} left unanswered. */
@Controller
final class ProblemErrorController implements ErrorController {
  private final ProblemWriter writer;

  ProblemErrorController(ProblemWriter writer) {
    this.writer = writer;
  }

  @RequestMapping("${server.error.path:${error.path:/error}}")
  void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
    int status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
            ? code
            : HttpServletResponse.SC_NOT_FOUND;
    Problem problem =
        request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown
            ? ProblemOfException.of(thrown).orElseGet(() -> ofStatus(status))
            : ofStatus(status);
    writer.write(problem, new Original(request), response);
  }

  private static Problem ofStatus(int status) {
    ProblemKind kind = ProblemKind.ofStatus(status);
    return Problem.of(kind, kind.title());
  }

  /** The request as the client sent it, not as it was dispatched to the error page. */
  private static final class Original extends jakarta.servlet.http.HttpServletRequestWrapper {
    Original(HttpServletRequest request) {
      super(request);
    }

    @Override
    public String getRequestURI() {
      return getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri
          ? uri
          : super.getRequestURI();
    }
  }
}
