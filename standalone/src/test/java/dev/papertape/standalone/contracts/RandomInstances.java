package dev.papertape.standalone.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Instances of records, at random. Shares and hashes are what their names say they are: a record's
 * type does not tell that a score lies between 0 and 1.
 */
final class RandomInstances {
  private final Random random;

  RandomInstances(long seed) {
    this.random = new Random(seed);
  }

  Object of(Type type, String name) {
    if (type instanceof ParameterizedType generic) {
      Class<?> raw = (Class<?>) generic.getRawType();
      Type[] of = generic.getActualTypeArguments();
      return Map.class.isAssignableFrom(raw) ? map(raw, of[1], name) : list(of[0], name);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isEnum()) {
      return plain.getEnumConstants()[random.nextInt(plain.getEnumConstants().length)];
    }
    if (plain == Venue.class) {
      return new Venue(List.of("ALTO", "BINANCE_USDM", "K9").get(random.nextInt(3)));
    }
    if (plain == Symbol.class) {
      return new Symbol(
          List.of("BTC-USDT", "ETH-USD-PERP", "BTC-USD-240927").get(random.nextInt(3)));
    }
    if (plain.isRecord()) {
      return instance(plain);
    }
    if (plain == BigDecimal.class) {
      return new BigDecimal(
          BigInteger.valueOf(random.nextLong() >> random.nextInt(64)), random.nextInt(30) - 5);
    }
    if (plain == Instant.class) {
      return Instant.ofEpochSecond(
          random.nextInt(0, Integer.MAX_VALUE), random.nextInt(3) * 333_333_333L);
    }
    if (JsonNode.class.isAssignableFrom(plain)) {
      return JsonNodeFactory.instance.objectNode().put("venue", "ALTO").put("state", "SYNCED");
    }
    return simple(plain, name);
  }

  private Object simple(Class<?> type, String name) {
    return switch (type.getName()) {
      case "java.lang.String" -> text(name);
      case "boolean", "java.lang.Boolean" -> random.nextBoolean();
      case "int", "java.lang.Integer" -> random.nextInt(1, 1000);
      case "long", "java.lang.Long" -> (long) random.nextInt(1, Integer.MAX_VALUE);
      case "double", "java.lang.Double" -> random.nextDouble();
      default -> throw new IllegalArgumentException("no instance of " + type);
    };
  }

  private String text(String member) {
    String name = member.substring(member.lastIndexOf('.') + 1);
    if (name.endsWith("Hash")
        || name.endsWith("Sha256")
        || name.equals("hash")
        || name.equals("sha256")) {
      return String.format("%064x", new BigInteger(250, random));
    }
    return switch (member) {
      case "ContractView.id" -> "https://papertape.dev/" + random.nextInt();
      case "Connection.state" -> "UNKNOWN";
      case "Db.state" -> "UP";
      case "DecisionView.outcome" -> "ROUTED";
      default ->
          List.of("a", "CODE_1", "two words", "ünï\n\"quoted\"", "😀").get(random.nextInt(5));
    };
  }

  private Object instance(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      boolean absent = RecordShape.isNullable(components[i]) && random.nextInt(4) == 0;
      values[i] =
          absent
              ? null
              : of(
                  components[i].getGenericType(),
                  type.getSimpleName() + "." + components[i].getName());
    }
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException broken) {
      throw new IllegalStateException("no instance of " + type, broken);
    }
  }

  private List<Object> list(Type element, String name) {
    if (element instanceof ParameterizedType) {
      return new ArrayList<>(
          List.of(List.of(of(BigDecimal.class, name), of(BigDecimal.class, name))));
    }
    List<Object> list = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      list.add(of(element, name));
    }
    return list;
  }

  private Map<String, Object> map(Class<?> raw, Type value, String name) {
    SortedMap<String, Object> map = new TreeMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      map.put("key" + i, of(value, name));
    }
    return map;
  }
}
