package dev.papertape.query;

import dev.papertape.eventstore.web.IdempotentCommand;
import dev.papertape.eventstore.web.JsonBody;
import dev.papertape.eventstore.web.QueryReader;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * OpenAPI 3.1 at {@code /v3/api-docs}, its page at {@code /swagger-ui}; see {@code
 * ProcessDefaults}. What bodies look like is {@link dev.papertape.query.web.ContractedOpenApi}'s.
 * Nothing of it is made before somebody asks.
 */
@Configuration
class OpenApiConfiguration {
  static {
    SpringDocUtils.getConfig()
        .addRequestWrapperToIgnore(QueryReader.class, JsonBody.class, IdempotentCommand.class);
  }

  @Bean
  OpenAPI papertapeApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Papertape")
                .version("v1")
                .description(
                    "Errors are application/problem+json with every violation. Decimals are"
                        + " strings, ratios and basis points numbers, unknown is null."));
  }

  @Bean
  static BeanFactoryPostProcessor springdocOnDemand() {
    return factory -> {
      for (String name : factory.getBeanDefinitionNames()) {
        if (name.startsWith("org.springdoc") || isOfSpringdoc(factory.getBeanDefinition(name))) {
          factory.getBeanDefinition(name).setLazyInit(true);
        }
      }
    };
  }

  private static boolean isOfSpringdoc(BeanDefinition definition) {
    String factory = definition.getFactoryBeanName();
    String type = definition.getBeanClassName();
    return (factory != null && factory.startsWith("org.springdoc"))
        || (type != null && type.startsWith("org.springdoc"));
  }
}
