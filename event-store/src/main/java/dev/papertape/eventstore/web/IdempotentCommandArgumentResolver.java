package dev.papertape.eventstore.web;

import jakarta.servlet.http.HttpServletRequest;
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
  private static final SingleHeader KEY =
      new SingleHeader(
          "Idempotency-Key",
          Pattern.compile("[\\x21-\\x7e]{1,128}"),
          "PATTERN",
          "must be 1 to 128 visible ASCII characters");

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
    HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
    if (request == null) {
      throw new IllegalStateException("not a servlet request");
    }
    String scope = request.getMethod() + " " + request.getRequestURI() + " ";
    return new IdempotentCommand(commands.get(), KEY.read(request).map(scope::concat).orElse(null));
  }
}
