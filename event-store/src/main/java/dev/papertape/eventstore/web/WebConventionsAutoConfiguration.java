package dev.papertape.eventstore.web;

import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
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
 * <p>{@code papertape.web.max-body} is the largest body in bytes, default 65,536.
 */
@AutoConfiguration(
    before = ErrorMvcAutoConfiguration.class,
    after = DataSourceAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import({PositionHeaderAdvice.class, ProblemErrorController.class})
public class WebConventionsAutoConfiguration {
  @Bean
  Module papertapeWebJson() {
    return new WebJson();
  }

  @Bean
  ProblemWriter problemWriter(ObjectMapper mapper) {
    return new ProblemWriter(mapper);
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
      ObjectProvider<ProjectionPositions> positions,
      ObjectProvider<IdempotencyRecords> idempotency,
      @Value("${papertape.web.max-body:65536}") int maxBodyBytes) {
    return new WebMvcConfigurer() {
      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new JsonBodyArgumentResolver(maxBodyBytes));
        resolvers.add(new QueryReaderArgumentResolver());
        resolvers.add(
            new IdempotentCommandArgumentResolver(
                SingletonSupplier.of(
                    () -> new IdempotentCommands(idempotency.getObject(), mapper))));
      }

      @Override
      public void addInterceptors(InterceptorRegistry registry) {
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
