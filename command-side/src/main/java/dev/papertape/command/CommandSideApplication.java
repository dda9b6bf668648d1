package dev.papertape.command;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The command side as its own process, over the PostgreSQL that all processes share. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(CommandSideConfiguration.class)
public class CommandSideApplication {
  public static void main(String[] arguments) {
    // Axon reads these as system properties only, and before it starts.
    System.setProperty("axoniq.update-checker.disabled", "true");
    System.setProperty("disable-axoniq-console-message", "true");
    SpringApplication application = new SpringApplication(CommandSideApplication.class);
    application.setDefaultProperties(
        Map.of(
            "papertape.process.role", "command-side",
            "spring.threads.virtual.enabled", "true"));
    application.run(arguments);
  }
}
