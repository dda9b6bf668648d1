package dev.papertape.eventstore.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.AbstractJackson2HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Holds JSON responses against the contract of their route, where responses are checked. */
@ControllerAdvice
final class ContractedResponseAdvice implements ResponseBodyAdvice<Object> {
  private final ContractKeeper contracts;
  private final ObjectMapper mapper;

  ContractedResponseAdvice(ContractKeeper contracts, ObjectMapper mapper) {
    this.contracts = contracts;
    this.mapper = mapper;
  }

  @Override
  public boolean supports(
      MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converterType) {
    return contracts.checksResponses()
        && AbstractJackson2HttpMessageConverter.class.isAssignableFrom(converterType);
  }

  @Override
  public @Nullable Object beforeBodyWrite(
      @Nullable Object body,
      MethodParameter returnType,
      MediaType contentType,
      Class<? extends HttpMessageConverter<?>> converterType,
      ServerHttpRequest request,
      ServerHttpResponse response) {
    if (request instanceof ServletServerHttpRequest servlet) {
      contracts.checkResponse(servlet.getServletRequest(), mapper.valueToTree(body));
    }
    return body;
  }
}
