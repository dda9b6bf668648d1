package dev.papertape.benchmarks.crash;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** The services of {@code docker-compose.yml}. */
record ComposeFile(Map<String, Service> services) {

  /**
   * @param command of the container
   */
  record Service(List<String> command, Map<String, String> environment) {

    /** Main class of {@code java -cp JAR CLASS ARGUMENTS}. */
    String mainClass() {
      if (!command.subList(0, 2).equals(List.of("java", "-cp"))) {
        throw new IllegalStateException("not java -cp: " + command);
      }
      return command.get(3);
    }

    List<String> arguments() {
      return command.subList(4, command.size());
    }
  }

  static ComposeFile read(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      Map<String, Object> document = new Yaml().load(reader);
      Map<String, Service> services = new LinkedHashMap<>();
      map(document.get("services"))
          .forEach((name, service) -> services.put(name, service(map(service))));
      return new ComposeFile(services);
    }
  }

  Service service(String name) {
    return services.get(name);
  }

  private static Service service(Map<String, Object> service) {
    Map<String, String> environment = new LinkedHashMap<>();
    if (service.containsKey("environment")) {
      map(service.get("environment")).forEach((k, v) -> environment.put(k, String.valueOf(v)));
    }
    return new Service(
        new ArrayList<>(List.of(String.valueOf(service.get("command")).split("\\s+"))),
        environment);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object yaml) {
    return (Map<String, Object>) yaml;
  }
}
