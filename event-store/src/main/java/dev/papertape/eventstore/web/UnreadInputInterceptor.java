package dev.papertape.eventstore.web;

import dev.papertape.eventstore.contract.Contract;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Query parameters and bodies of routes whose handler reads none, on every method: they are held
 * against the contract of the route all the same, so that what nobody would look at is refused.
 */
final class UnreadInputInterceptor implements HandlerInterceptor {
  private static final String OURS = "dev.papertape.";

  private final ContractKeeper contracts;
  private final JsonBodyArgumentResolver bodies;

  UnreadInputInterceptor(ContractKeeper contracts, JsonBodyArgumentResolver bodies) {
    this.contracts = contracts;
    this.bodies = bodies;
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws IOException {
    if (handler instanceof HandlerMethod method
        && method.getBeanType().getName().startsWith(OURS)) {
      if (request.getQueryString() != null && !reads(method, QueryReader.class)) {
        contracts.queryOf(request).ifPresent(contract -> refuseUnfit(request, contract));
      }
      if (hasBody(request)
          && !reads(method, JsonBody.class)
          && contracts.ofRequest(request).isPresent()) {
        bodies.body(request).read(members -> members);
      }
    }
    return true;
  }

  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0
        || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
  }

  private static boolean reads(HandlerMethod method, Class<?> type) {
    return Arrays.stream(method.getMethodParameters())
        .map(MethodParameter::getParameterType)
        .anyMatch(type::equals);
  }

  private static void refuseUnfit(HttpServletRequest request, Contract contract) {
    List<Violation> violations = new ArrayList<>(QueryContract.unreadable(request));
    violations.addAll(QueryContract.violations(QueryContract.parameters(request), contract));
    if (!violations.isEmpty()) {
      throw Problem.violated(ProblemKind.INVALID_PARAMETERS, violations).asException();
    }
  }
}
