package dev.papertape.command.promotion;

import dev.papertape.command.OperatorCommands;
import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.promotion.PromotionAction;
import dev.papertape.contracts.promotion.PromotionCommand;
import dev.papertape.contracts.promotion.PromotionCommand.ApprovePromotion;
import dev.papertape.contracts.promotion.PromotionCommand.DemoteAlpha;
import dev.papertape.contracts.promotion.PromotionCommand.RetireAlpha;
import dev.papertape.contracts.promotion.PromotionPolicy;
import dev.papertape.eventstore.append.Appended;
import dev.papertape.eventstore.axon.OriginMetadata;
import dev.papertape.eventstore.web.CommandReply;
import dev.papertape.eventstore.web.IdempotentCommand;
import dev.papertape.eventstore.web.JsonBody;
import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/promotion/{alphaId}/{approve|demote|retire} {reason}}: an operator's word on an
 * alpha's stage. Every process takes them: the engine follows the log.
 */
@RestController
class PromotionController {
  private static final Map<String, String> OPERATOR = Map.of(OriginMetadata.ACTOR, "operator");

  private final OperatorCommands commands;
  private final PromotionReadings readings;

  PromotionController(OperatorCommands commands, PromotionReadings readings) {
    this.commands = commands;
    this.readings = readings;
  }

  /** Where an alpha stands after the command. */
  record StageView(
      String alphaId,
      AlphaStage stage,
      @Nullable AlphaStage nextStage,
      List<PromotionAction> allowedActions) {}

  /** One of the three words. */
  private interface Word {
    PromotionCommand of(String alphaId, AlphaStage registered, String reason);
  }

  @PostMapping("/api/promotion/{alphaId}/approve")
  ResponseEntity<Object> approve(
      @PathVariable String alphaId, JsonBody body, IdempotentCommand command) {
    return send(alphaId, body, command, ApprovePromotion::new);
  }

  @PostMapping("/api/promotion/{alphaId}/demote")
  ResponseEntity<Object> demote(
      @PathVariable String alphaId, JsonBody body, IdempotentCommand command) {
    return send(alphaId, body, command, DemoteAlpha::new);
  }

  @PostMapping("/api/promotion/{alphaId}/retire")
  ResponseEntity<Object> retire(
      @PathVariable String alphaId, JsonBody body, IdempotentCommand command) {
    return send(alphaId, body, command, RetireAlpha::new);
  }

  private ResponseEntity<Object> send(
      String alphaId, JsonBody body, IdempotentCommand command, Word word) {
    String reason = body.read(members -> members.text("reason"));
    AlphaStage registered =
        readings
            .registered(alphaId)
            .orElseThrow(() -> Problem.unknown("alpha", alphaId, readings.known()).asException());
    return command.once(
        body,
        claims -> {
          PromotionCommand decided = word.of(alphaId, registered, reason);
          try {
            Appended appended =
                commands.send(
                    claims.claim(decided.aggregateId()),
                    GenericCommandMessage.asCommandMessage(decided).withMetaData(OPERATOR));
            return reply(alphaId, registered, appended.recordedAt(), appended.last());
          } catch (WrongPromotionState wrong) {
            throw Problem.wrongState(
                    String.valueOf(wrong.getMessage()),
                    wrong.allowedActions().stream().map(PromotionAction::name).toList())
                .asException();
          }
        },
        claimed -> reply(alphaId, registered, claimed.recordedAt(), claimed.position()));
  }

  private CommandReply reply(String alphaId, AlphaStage registered, Instant asOf, long position) {
    Promotion promotion = readings.at(alphaId, position);
    AlphaStage stage = promotion.stage(registered);
    StageView view =
        new StageView(
            alphaId, stage, PromotionPolicy.next(stage), promotion.allowedActions(registered));
    return new CommandReply(200, position, new Positioned<>(view, asOf, position));
  }
}
