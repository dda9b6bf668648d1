package dev.papertape.eventstore.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Writes problems straight to the response, whatever the client accepts: a problem is never lost to
 * content negotiation.
 */
final class ProblemWriter {
  static final String MEDIA_TYPE = "application/problem+json";

  private final ObjectMapper mapper;
  private final ContractKeeper contracts;

  ProblemWriter(ObjectMapper mapper, ContractKeeper contracts) {
    this.mapper = mapper;
    this.contracts = contracts;
  }

  /** Writes nothing when the response has left already. */
  void write(Problem problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    if (problem.kind() == ProblemKind.CONTRACT_VIOLATION) {
      contracts.refused(request);
    }
    var members = problem.body(request.getRequestURI());
    if (contracts.checksResponses()) {
      contracts.checkProblem(mapper.valueToTree(members));
    }
    byte[] body = mapper.writeValueAsBytes(members);
    response.reset();
    response.setStatus(problem.kind().status());
    problem.headers().forEach(response::setHeader);
    response.setContentType(MEDIA_TYPE);
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    response.flushBuffer();
  }
}
