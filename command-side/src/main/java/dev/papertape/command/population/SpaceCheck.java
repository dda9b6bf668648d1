package dev.papertape.command.population;

import dev.papertape.command.population.PopulationRequest.Narrowed;
import dev.papertape.contracts.population.TrainedParameter;
import dev.papertape.eventstore.web.Violations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether what is asked of one parameter lies within what its kind has.
 *
 * @param at pointer of the parameter
 */
record SpaceCheck(String at, Narrowed asked, TrainedParameter whole, Violations violations) {
  private static final String OUT_OF_RANGE = "OUT_OF_RANGE";

  void run() {
    List<Double> choices = asked.choices();
    within("/min", asked.min());
    within("/max", asked.max());
    for (int i = 0; i < choices.size(); i++) {
      within("/choices/" + i, choices.get(i));
      if (i > 0 && choices.get(i) <= choices.get(i - 1)) {
        refuse("/choices/" + i, "must be above the one before", choices.get(i));
      }
    }
    if (!choices.isEmpty() && (asked.min() != null || asked.max() != null)) {
      violations.add(
          at + "/choices", "CONFLICT", "a parameter has choices, or a least and a most", null);
    }
    Double min = asked.min();
    Double max = asked.max();
    if ((min == null ? whole.min() : min) > (max == null ? whole.max() : max)) {
      refuse(min == null ? "/max" : "/min", "leaves no value", min == null ? max : min);
    }
  }

  private void within(String member, @Nullable Double value) {
    if (value != null && !whole.allows(value)) {
      refuse(
          member,
          "must be "
              + (whole.integer() ? "a whole number " : "")
              + "from "
              + whole.min()
              + " to "
              + whole.max(),
          value);
    }
  }

  private void refuse(String member, String message, @Nullable Double value) {
    violations.add(
        at + member, OUT_OF_RANGE, message, value == null ? null : Double.toString(value));
  }
}
