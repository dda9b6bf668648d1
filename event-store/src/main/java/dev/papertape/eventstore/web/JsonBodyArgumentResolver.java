package dev.papertape.eventstore.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Hands controllers a {@link JsonBody}: 415 without a JSON content type, 413 beyond the limit,
 * whether the length was announced or the body came in chunks. Never holds more than the limit.
 */
final class JsonBodyArgumentResolver implements HandlerMethodArgumentResolver {
  private final int maxBytes;
  private final ContractKeeper contracts;

  JsonBodyArgumentResolver(int maxBytes, ContractKeeper contracts) {
    this.maxBytes = maxBytes;
    this.contracts = contracts;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == JsonBody.class;
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest webRequest,
      @Nullable WebDataBinderFactory binderFactory)
      throws IOException {
    HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
    if (request == null) {
      throw new IllegalStateException("not a servlet request");
    }
    return body(request);
  }

  /** The body as it was sent, with the contract of its route. */
  JsonBody body(HttpServletRequest request) throws IOException {
    requireJson(request.getContentType());
    if (request.getContentLengthLong() > maxBytes) {
      throw tooLarge();
    }
    try (InputStream in = request.getInputStream()) {
      byte[] bytes = in.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw tooLarge();
      }
      return new JsonBody(bytes, contracts.ofRequest(request).orElse(null));
    }
  }

  private static void requireJson(@Nullable String contentType) {
    if (contentType != null) {
      try {
        MediaType type = MediaType.parseMediaType(contentType);
        if (type.getType().equals("application")
            && (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json"))) {
          return;
        }
      } catch (InvalidMediaTypeException unreadable) {
        // falls through to the same answer
      }
    }
    throw ProblemOfException.ofContentType(contentType, MediaType.APPLICATION_JSON_VALUE)
        .withHeader("Accept", MediaType.APPLICATION_JSON_VALUE)
        .asException();
  }

  private ProblemException tooLarge() {
    return Problem.of(ProblemKind.BODY_TOO_LARGE, "a body may have at most " + maxBytes + " bytes")
        .asException();
  }
}
