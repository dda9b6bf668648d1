package dev.papertape.eventstore.web;

import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.eventstore.contract.ContractCounts;
import dev.papertape.eventstore.contract.Contracts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import javax.sql.DataSource;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The HTTP conventions of every route, for any servlet application with event-store on its class
 * path. {@code X-Read-After} works where a {@link ProjectionPositions} bean is, idempotency keys
 * where an {@link IdempotencyRecords} bean is.
 *
 * <p>Bodies of requests are read through the contract of their route ({@link Contracts}). {@code
 * papertape.contracts.responses} (OFF, LOG, FAIL; default LOG) says what becomes of responses that
 * break theirs; with {@code papertape.env} PROD nobody looks.
 *
 * <p>{@code papertape.web.max-body} is the largest body in bytes, default 65,536.
 */
@AutoConfiguration(
    before = ErrorMvcAutoConfiguration.class,
    after = DataSourceAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import({PositionHeaderAdvice.class, ContractedResponseAdvice.class, ProblemErrorController.class})
public class WebConventionsAutoConfiguration {
  @Bean
  Module papertapeWebJson() {
    return new WebJson();
  }

  @Bean
  @ConditionalOnMissingBean
  Contracts contracts() {
    return Contracts.onClassPath();
  }

  @Bean
  ContractCounts contractCounts(ObjectProvider<MeterRegistry> registry, Contracts contracts) {
    return new ContractCounts(registry.getIfAvailable(SimpleMeterRegistry::new), contracts);
  }

  /** Made before placeholders can be resolved: it asks the environment. */
  @Bean
  ContractKeeper contractKeeper(
      Contracts contracts, ContractCounts counts, Environment environment) {
    boolean production = environment.getProperty("papertape.env", "").equalsIgnoreCase("PROD");
    ResponseChecking checking =
        environment.getProperty(
            "papertape.contracts.responses", ResponseChecking.class, ResponseChecking.LOG);
    return new ContractKeeper(contracts, counts, production ? ResponseChecking.OFF : checking);
  }

  @Bean
  ProblemWriter problemWriter(ObjectMapper mapper, ContractKeeper contracts) {
    return new ProblemWriter(mapper, contracts);
  }

  @Bean
  ReadablePathFilter readablePathFilter(ProblemWriter writer) {
    return new ReadablePathFilter(writer);
  }

  @Bean
  @ConditionalOnBean(DataSource.class)
  @ConditionalOnMissingBean
  IdempotencyRecords idempotencyRecords(DataSource dataSource) {
    return new PostgresIdempotencyRecords(dataSource);
  }

  @Bean
  ScrapableMetrics scrapableMetrics() {
    return new ScrapableMetrics();
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat() {
    return factory ->
        factory.addContextCustomizers(
            context ->
                ((StandardHost) context.getParent())
                    .setErrorReportValveClass(ProblemErrorReportValve.class.getName()));
  }

  @Bean
  WebMvcConfigurer webConventions(
      ProblemWriter writer,
      ObjectMapper mapper,
      ContractKeeper contracts,
      ObjectProvider<ProjectionPositions> positions,
      ObjectProvider<IdempotencyRecords> idempotency,
      @Value("${papertape.web.max-body:65536}") int maxBodyBytes) {
    JsonBodyArgumentResolver bodies = new JsonBodyArgumentResolver(maxBodyBytes, contracts);
    return new WebMvcConfigurer() {
      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(bodies);
        resolvers.add(new QueryReaderArgumentResolver(contracts));
        resolvers.add(
            new IdempotentCommandArgumentResolver(
                SingletonSupplier.of(
                    () -> new IdempotentCommands(idempotency.getObject(), mapper))));
      }

      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new UnreadInputInterceptor(contracts, bodies));
        positions.ifAvailable(
            reached -> registry.addInterceptor(new ReadAfterInterceptor(reached)));
      }

      @Override
      public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
        resolvers.addFirst(new ProblemExceptionResolver(writer));
      }
    };
  }
}
