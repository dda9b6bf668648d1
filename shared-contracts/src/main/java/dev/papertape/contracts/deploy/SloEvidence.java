package dev.papertape.contracts.deploy;

/**
 * The e-values of one SLO's counts, as {@link SloAssessment} explains them; no verdict, which also
 * depends on the verdict before.
 *
 * @param eValueAbort against "the candidate keeps the bound"
 * @param eValuePromote against "the candidate's share of bad is margin · bound or more"
 * @param eValueVsBaseline against "the candidate is no worse than the control arm"
 */
public record SloEvidence(
    Slo slo, double eValueAbort, double eValuePromote, double eValueVsBaseline) {}
