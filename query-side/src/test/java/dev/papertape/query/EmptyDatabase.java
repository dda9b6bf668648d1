package dev.papertape.query;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Map;

/** A connection whose every query gives no row. */
public final class EmptyDatabase {
  private EmptyDatabase() {}

  public static Connection connection() {
    ResultSet none = fake(ResultSet.class, Map.of("next", false));
    PreparedStatement statement = fake(PreparedStatement.class, Map.of("executeQuery", none));
    return fake(Connection.class, Map.of("prepareStatement", statement));
  }

  private static <T> T fake(Class<T> type, Map<String, ?> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answers.get(method.getName())));
  }
}
