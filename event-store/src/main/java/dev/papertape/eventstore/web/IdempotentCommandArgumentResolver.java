package dev.papertape.eventstore.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Hands controllers an {@link IdempotentCommand}; the key counts per method and path. */
final class IdempotentCommandArgumentResolver implements HandlerMethodArgumentResolver {
  private static final String HEADER = "Idempotency-Key";
  private static final Pattern SHAPE = Pattern.compile("[\\x21-\\x7e]{1,128}");

  private final Supplier<IdempotentCommands> commands;

  /**
   * @param commands throws where nothing keeps keys: a command must not run as if it had none
   */
  IdempotentCommandArgumentResolver(Supplier<IdempotentCommands> commands) {
    this.commands = commands;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == IdempotentCommand.class;
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest webRequest,
      @Nullable WebDataBinderFactory binderFactory) {
    String key = webRequest.getHeader(HEADER);
    if (key == null) {
      return new IdempotentCommand(commands.get(), null);
    }
    if (!SHAPE.matcher(key).matches()) {
      throw Problem.violated(
              ProblemKind.INVALID_PARAMETERS,
              List.of(
                  Violation.ofHeader(
                      HEADER,
                      "PATTERN",
                      HEADER + " must be 1 to 128 visible ASCII characters",
                      key)))
          .asException();
    }
    HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
    if (request == null) {
      throw new IllegalStateException("not a servlet request");
    }
    return new IdempotentCommand(
        commands.get(), request.getMethod() + " " + request.getRequestURI() + " " + key);
  }
}
