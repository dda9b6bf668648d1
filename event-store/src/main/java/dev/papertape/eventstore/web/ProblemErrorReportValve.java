package dev.papertape.eventstore.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's own refusals (an unreadable request line, a bad host, a URI with forbidden characters)
 * never reach a servlet; without this valve they would be HTML pages.
 */
public final class ProblemErrorReportValve extends ErrorReportValve {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public ProblemErrorReportValve() {
    setShowReport(false);
    setShowServerInfo(false);
  }

  /** A version or transfer encoding that Tomcat does not know is the request's fault, not ours. */
  private static int aboutTheRequest(int status) {
    return status == 501 || status == 505 ? 400 : status;
  }

  private static Problem problem(ProblemKind kind, Request request, @Nullable String tomcatSays) {
    return kind == ProblemKind.MALFORMED_REQUEST
        ? Problem.violated(kind, List.of(UnreadableRequest.of(request, tomcatSays)))
        : Problem.of(kind, kind.title());
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    int status = aboutTheRequest(response.getStatus());
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    ProblemKind kind = ProblemKind.ofStatus(status);
    response.setStatus(kind.status());
    try {
      Problem problem = problem(kind, request, response.getMessage());
      byte[] body = MAPPER.writeValueAsBytes(problem.body(request.getRequestURI()));
      response.setContentType(ProblemWriter.MEDIA_TYPE);
      response.setCharacterEncoding(StandardCharsets.UTF_8.name());
      response.getOutputStream().write(body);
      response.finishResponse();
    } catch (IOException | IllegalStateException gone) {
      container.getLogger().debug("client left before its problem was written", gone);
    }
  }
}
