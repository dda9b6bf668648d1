package dev.papertape.eventstore.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses a path whose parameters ({@code ;name=value}) cannot be decoded: Tomcat looks at the path
 * without them, and Spring would fail before it has chosen a handler, as if the fault were ours.
 */
final class ReadablePathFilter extends OncePerRequestFilter {
  private final ProblemWriter writer;

  ReadablePathFilter(ProblemWriter writer) {
    this.writer = writer;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getRequestURI().indexOf(';') < 0;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String path = request.getRequestURI();
    if (UnreadableRequest.isDecodable(path)) {
      chain.doFilter(request, response);
    } else {
      writer.write(
          Problem.violated(ProblemKind.MALFORMED_REQUEST, List.of(UnreadableRequest.path(path))),
          request,
          response);
    }
  }
}
