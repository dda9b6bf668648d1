package dev.papertape.standalone;

import dev.papertape.command.CommandSideConfiguration;
import dev.papertape.query.QuerySideConfiguration;
import dev.papertape.standalone.serve.SimulatorConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Both sides, the simulator and the database in one Spring context. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
  SimulatorConfiguration.class,
  CommandSideConfiguration.class,
  QuerySideConfiguration.class
})
public class PapertapeApplication {}
