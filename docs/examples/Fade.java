package example;

import dev.papertape.command.alpha.Alpha;
import dev.papertape.command.alpha.AlphaMoment;
import dev.papertape.command.alpha.AlphaProvider;
import dev.papertape.command.alpha.ParameterRange;
import dev.papertape.contracts.alpha.AlphaKind;
import java.util.List;
import java.util.SortedMap;

/** Somebody's own alpha: it leans against the newest move, the more the larger it was. */
public final class Fade implements AlphaProvider {
  @Override
  public String alphaId() {
    return "fade";
  }

  @Override
  public String name() {
    return "Fade the newest move";
  }

  @Override
  public List<ParameterRange> parameters() {
    return List.of(new ParameterRange("fullAtBps", 1, 100, false, 5));
  }

  @Override
  public Alpha create(SortedMap<String, Double> params) {
    double fullAtBps = params.get("fullAtBps");
    return new Alpha() {
      @Override
      public String id() {
        return "fade";
      }

      @Override
      public AlphaKind kind() {
        return AlphaKind.PROVIDED;
      }

      @Override
      public int lookBack() {
        return 2;
      }

      @Override
      public List<String> features() {
        return List.of();
      }

      @Override
      public Double signal(AlphaMoment now) {
        if (now.mids().size() < 2) {
          return null;
        }
        double[] logs = now.mids().newestLogs(2);
        double moveBps = 10_000 * (logs[1] - logs[0]);
        return Math.clamp(-moveBps / fullAtBps, -1.0, 1.0);
      }
    };
  }
}
