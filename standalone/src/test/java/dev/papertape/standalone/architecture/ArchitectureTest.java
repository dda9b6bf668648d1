package dev.papertape.standalone.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.regex.Pattern;

/** The shape of the house, as design.md draws it. */
@AnalyzeClasses(
    packages = "dev.papertape",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {

  private static final String CONTRACTS = "dev.papertape.contracts..";
  private static final String EVENT_STORE = "dev.papertape.eventstore..";
  private static final String COMMAND = "dev.papertape.command..";
  private static final String QUERY = "dev.papertape.query..";
  private static final String SIMULATOR = "dev.papertape.simulator..";
  private static final String STANDALONE = "dev.papertape.standalone..";

  private static final String BUDGET = "dev.papertape.command.budget..";
  private static final String CONNECTOR = "dev.papertape.command.market.connector..";

  /** Hands on, in dev, what the budget's gate has sent already; makes no request of its own. */
  private static final String FAULT_PROXY = "dev.papertape.command.chaos.proxy..";

  private static final String[] HTTP_CLIENTS = {
    "java.net.http..",
    "org.springframework.web.client..",
    "org.springframework.web.reactive.function.client..",
    "org.apache.http..",
    "org.eclipse.jetty.client..",
    "okhttp3..",
  };

  /** Where time may be read from the machine: what starts programs and what speaks to machines. */
  private static final String[] EDGES = {
    STANDALONE, "dev.papertape.eventstore.embedded..", "dev.papertape.simulator",
  };

  /** The contexts of design.md, and the engine that drives them. */
  private static final Set<String> CONTEXTS =
      Set.of(
          "market",
          "quality",
          "features",
          "alpha",
          "regime",
          "population",
          "promotion",
          "sizing",
          "guards",
          "router",
          "execution",
          "budget",
          "deploy",
          "chaos",
          "audit",
          "report",
          "engine",
          "web",
          "health");

  private static final Pattern EXACT_NAME =
      Pattern.compile("(?i).*(price|quantity|notional|cash)$");

  @ArchTest
  static final ArchRule contractsSeeNoOtherModule =
      noClasses()
          .that()
          .resideInAPackage(CONTRACTS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(EVENT_STORE, COMMAND, QUERY, SIMULATOR, STANDALONE);

  @ArchTest
  static final ArchRule contractsKnowNoFramework =
      noClasses()
          .that()
          .resideInAPackage(CONTRACTS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..", "org.axonframework..", "java.sql..");

  @ArchTest
  static final ArchRule theEventStoreKnowsNoEventByName =
      noClasses()
          .that()
          .resideInAPackage(EVENT_STORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CONTRACTS, COMMAND, QUERY, SIMULATOR, STANDALONE);

  @ArchTest
  static final ArchRule theCommandSideSeesNeitherReadersNorSimulator =
      noClasses()
          .that()
          .resideInAPackage(COMMAND)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(QUERY, SIMULATOR, STANDALONE);

  @ArchTest
  static final ArchRule theQuerySideSeesNeitherDecidersNorSimulator =
      noClasses()
          .that()
          .resideInAPackage(QUERY)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(COMMAND, SIMULATOR, STANDALONE);

  @ArchTest
  static final ArchRule theSimulatorIsAStranger =
      noClasses()
          .that()
          .resideInAPackage(SIMULATOR)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CONTRACTS, EVENT_STORE, COMMAND, QUERY, STANDALONE)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule bothSidesAreCutIntoTheSameContexts =
      classes().that().resideInAnyPackage(COMMAND, QUERY).should(liveInAKnownContext());

  @ArchTest
  static final ArchRule onlyTheBudgetAndVenueConnectorsSpeakHttp =
      noClasses()
          .that()
          .resideInAnyPackage(CONTRACTS, EVENT_STORE, COMMAND, QUERY)
          .and()
          .resideOutsideOfPackages(BUDGET, CONNECTOR, FAULT_PROXY)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(HTTP_CLIENTS);

  /** Every request is reserved and settled: there is one gate, and it is the only sender. */
  @ArchTest
  static final ArchRule onlyTheBudgetSendsRequests =
      noClasses()
          .that()
          .resideInAnyPackage(CONTRACTS, EVENT_STORE, COMMAND, QUERY)
          .and()
          .doNotHaveFullyQualifiedName("dev.papertape.command.budget.BudgetedCalls")
          .should()
          .callMethodWhere(
              describe(
                  "send a request",
                  call ->
                      call.getTargetOwner().isAssignableTo("java.net.http.HttpClient")
                          && call.getName().startsWith("send")));

  /** Of the client, connectors use what opens a WebSocket, and the headers of an answer. */
  @ArchTest
  static final ArchRule connectorsOpenSocketsAndNothingElse =
      noClasses()
          .that()
          .resideInAPackage(CONNECTOR)
          .should()
          .dependOnClassesThat(
              describe(
                  "make requests",
                  type ->
                      type.getPackageName().startsWith("java.net.http")
                          && !type.getName().startsWith("java.net.http.WebSocket")
                          && !type.getName().startsWith("java.net.http.HttpClient")
                          && !type.getName().equals("java.net.http.HttpHeaders")));

  @ArchTest
  static final ArchRule rulesReadNoClockAndRollNoDice =
      noClasses()
          .that()
          .resideOutsideOfPackages(EDGES)
          .should()
          .callMethodWhere(describe("read it from the machine", ArchitectureTest::isAmbient));

  @ArchTest
  static final ArchRule exactNumbersAreNoDoubleFields =
      fields()
          .that()
          .areDeclaredInClassesThat(areOurs())
          .should(notBeDoubleUnderAnExactName())
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule exactNumbersAreNoDoubleResults =
      methods()
          .that()
          .areDeclaredInClassesThat(areOurs())
          .should(notBeDoubleUnderAnExactName())
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule everyPackageSaysWhatItIsFor =
      classes().that().resideInAPackage("dev.papertape..").should(havePackageInfo());

  /** The simulator makes prices out of a random walk and rounds them to ticks: it is no edge. */
  private static DescribedPredicate<JavaClass> areOurs() {
    return resideInAnyPackage(CONTRACTS, EVENT_STORE, COMMAND, QUERY);
  }

  private static boolean isAmbient(JavaMethodCall call) {
    String owner = call.getTargetOwner().getName();
    String name = call.getName();
    boolean noArguments = call.getTarget().getRawParameterTypes().isEmpty();
    return switch (owner) {
      case "java.lang.System" -> name.equals("currentTimeMillis");
      case "java.lang.Math", "java.lang.StrictMath" -> name.equals("random");
      case "java.time.Instant",
          "java.time.LocalDate",
          "java.time.LocalDateTime",
          "java.time.LocalTime",
          "java.time.OffsetDateTime",
          "java.time.ZonedDateTime",
          "java.time.Year" ->
          name.equals("now") && noArguments;
      default -> false;
    };
  }

  private static ArchCondition<JavaMember> notBeDoubleUnderAnExactName() {
    return new ArchCondition<>("not hold a price, quantity or notional as a double") {
      @Override
      public void check(JavaMember member, ConditionEvents events) {
        String type =
            switch (member) {
              case com.tngtech.archunit.core.domain.JavaField field -> field.getRawType().getName();
              case com.tngtech.archunit.core.domain.JavaMethod method ->
                  method.getRawReturnType().getName();
              default -> "";
            };
        boolean floating =
            type.equals("double")
                || type.equals("float")
                || type.equals("java.lang.Double")
                || type.equals("java.lang.Float");
        if (floating && EXACT_NAME.matcher(member.getName()).matches()) {
          events.add(SimpleConditionEvent.violated(member, member.getFullName() + " is a " + type));
        }
      }
    };
  }

  private static ArchCondition<JavaClass> liveInAKnownContext() {
    return new ArchCondition<>("live in a context of design.md, or beside the configuration") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        String[] parts = type.getPackageName().split("\\.");
        if (parts.length > 3 && !CONTEXTS.contains(parts[3])) {
          events.add(
              SimpleConditionEvent.violated(
                  type, type.getName() + " lives in no known context: " + parts[3]));
        }
      }
    };
  }

  private static ArchCondition<JavaClass> havePackageInfo() {
    return new ArchCondition<>("have a package-info that says what the package owns") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (type.getPackage().tryGetPackageInfo().isEmpty()) {
          events.add(
              SimpleConditionEvent.violated(
                  type, type.getPackageName() + " has no annotated package-info.java"));
        }
      }
    };
  }
}
