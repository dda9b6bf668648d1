package dev.papertape.simulator.server;

import dev.papertape.simulator.binance.RestReply;
import dev.papertape.simulator.binance.SideInfo;
import dev.papertape.simulator.wire.Fault;
import java.util.OptionalLong;

/** {@code /sim}: what tests and operators ask a simulated venue, outside its wire format. */
final class SideRoutes {

  private static final String BREAK = "/sim/break/";

  private final MarketPump pump;
  private final SimulatedClock clock;

  SideRoutes(MarketPump pump, SimulatedClock clock) {
    this.pump = pump;
    this.clock = clock;
  }

  RestReply reply(VenueDesk desk, String method, String path) {
    return switch (method + " " + path) {
      case "GET /sim/health" -> health(desk);
      case "GET /sim/venue" ->
          json(200, pump.read(market -> SideInfo.venue(desk.config(), market)));
      case "GET /sim/limits" -> json(200, desk.limits().json());
      case "GET /sim/regimes" -> json(200, pump.read(SideInfo::regimes));
      case "POST /sim/drop-connections" -> json(200, "{\"dropped\":" + desk.streams().drop() + "}");
      case "POST /sim/lose-depth" -> {
        desk.streams().loseDepth(1);
        yield json(200, "{\"losing\":1}");
      }
      default ->
          method.equals("POST") && path.startsWith(BREAK)
              ? broken(desk, path.substring(BREAK.length()))
              : RestReply.error(404, 0, "Not found.");
    };
  }

  private static RestReply broken(VenueDesk desk, String name) {
    for (Fault fault : Fault.values()) {
      if (fault.path().equals(name)) {
        desk.streams().breakNext(fault);
        return json(200, "{\"breaking\":\"" + name + "\"}");
      }
    }
    return RestReply.error(404, 0, "Not found.");
  }

  private RestReply health(VenueDesk desk) {
    boolean up = pump.failure() == null;
    long marketMillis = pump.read(market -> market.millis());
    return json(
        up ? 200 : 503,
        "{\"status\":\""
            + (up ? "UP" : "DOWN")
            + "\",\"venue\":\""
            + desk.config().name()
            + "\",\"marketMillis\":"
            + marketMillis
            + ",\"lagMillis\":"
            + Math.max(0, clock.millis() - marketMillis)
            + ",\"sessions\":"
            + desk.streams().size()
            + "}");
  }

  private static RestReply json(int status, String body) {
    return new RestReply(status, body, OptionalLong.empty());
  }
}
