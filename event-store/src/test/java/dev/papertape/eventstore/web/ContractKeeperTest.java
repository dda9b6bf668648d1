package dev.papertape.eventstore.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.papertape.eventstore.contract.ContractCounts;
import dev.papertape.eventstore.contract.Contracts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.servlet.HandlerMapping;

class ContractKeeperTest {
  private final Contracts contracts = Contracts.onClassPath();
  private final ContractCounts counts = new ContractCounts(new SimpleMeterRegistry(), contracts);

  @ParameterizedTest
  @CsvSource({
    "dev, LOG, true",
    "dev, FAIL, true",
    "dev, OFF, false",
    "PROD, LOG, false",
    "prod, FAIL, false"
  })
  void responses_are_never_checked_in_production(String environment, String asked, boolean checks) {
    new WebApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                JacksonAutoConfiguration.class,
                HttpMessageConvertersAutoConfiguration.class,
                DispatcherServletAutoConfiguration.class,
                WebMvcAutoConfiguration.class,
                WebConventionsAutoConfiguration.class))
        .withPropertyValues(
            "papertape.env=" + environment, "papertape.contracts.responses=" + asked)
        .run(
            context ->
                assertThat(context.getBean(ContractKeeper.class).checksResponses())
                    .isEqualTo(checks));
  }

  @Test
  void a_response_that_breaks_its_contract_is_counted_once_and_answered_all_the_same() {
    keeper(ResponseChecking.LOG)
        .checkResponse(request(), JsonNodeFactory.instance.objectNode().put("x", 1));
    assertThat(counts.of(contracts.get("widget-reply", 1))).isEqualTo(1);
  }

  @Test
  void where_it_is_to_fail_it_says_what_is_wrong_and_where() {
    var body = JsonNodeFactory.instance.objectNode().put("size", "large");
    assertThatThrownBy(() -> keeper(ResponseChecking.FAIL).checkResponse(request(), body))
        .isInstanceOf(ContractBroken.class)
        .hasMessageContaining("widget-reply/1")
        .hasMessageContaining("'/name' is required");
  }

  @Test
  void a_request_that_is_refused_counts_for_its_contract() {
    MockHttpServletRequest request = request();
    request.setMethod("POST");
    request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "/api/widgets");
    keeper(ResponseChecking.OFF).refused(request);
    assertThat(counts.of(contracts.get("widget-request", 1))).isEqualTo(1);
  }

  private ContractKeeper keeper(ResponseChecking checking) {
    return new ContractKeeper(contracts, counts, checking);
  }

  private static MockHttpServletRequest request() {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/widget");
    request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "/api/widget");
    return request;
  }
}
