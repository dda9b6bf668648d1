package dev.papertape.standalone.contracts;

import dev.papertape.eventstore.contract.Route;
import dev.papertape.eventstore.web.JsonBody;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMapping;

/** Every route that a controller of this program declares, found by its annotations. */
final class RouteScan {
  private RouteScan() {}

  /**
   * @param handler the method behind the route
   */
  record Handled(Route route, Method handler) {
    /** Whether the handler reads a body. */
    boolean readsBody() {
      return Arrays.asList(handler.getParameterTypes()).contains(JsonBody.class);
    }
  }

  static List<Handled> all() {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(Controller.class));
    List<Handled> all = new ArrayList<>();
    scanner
        .findCandidateComponents("dev.papertape")
        .forEach(
            found -> {
              Class<?> type =
                  ClassUtils.resolveClassName(
                      found.getBeanClassName(), RouteScan.class.getClassLoader());
              String prefix = prefix(type);
              MethodIntrospector.selectMethods(
                      type,
                      (MethodIntrospector.MetadataLookup<RequestMapping>)
                          method ->
                              AnnotatedElementUtils.findMergedAnnotation(
                                  method, RequestMapping.class))
                  .forEach((method, mapping) -> add(all, prefix, method, mapping));
            });
    return all;
  }

  private static String prefix(Class<?> type) {
    RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(type, RequestMapping.class);
    return mapping == null || mapping.path().length == 0 ? "" : mapping.path()[0];
  }

  private static void add(List<Handled> all, String prefix, Method method, RequestMapping mapping) {
    List<String> methods =
        mapping.method().length == 0
            ? List.of("ANY")
            : Arrays.stream(mapping.method()).map(Enum::name).toList();
    String[] paths = mapping.path().length == 0 ? new String[] {""} : mapping.path();
    for (String path : paths) {
      for (String name : methods) {
        all.add(new Handled(new Route(name, prefix + path), method));
      }
    }
  }
}
