package dev.papertape.contracts.deploy;

/**
 * What was concluded about one SLO, with all that it was concluded from. E-values are the evidence
 * against a hypothesis: 1 says nothing, {@code x} would be reached by chance with a probability of
 * 1/x at most, however often one looks. They are cut at 10<sup>15</sup>.
 *
 * @param bound share of bad samples that the SLO allows
 * @param margin the promotion's hypothesis is "margin · bound or worse"
 * @param alpha this SLO's share of the chance to abort a good release
 * @param eValueAbort against "the candidate keeps the bound"
 * @param eValuePromote against "the candidate's share of bad is margin · bound or more"
 * @param eValueVsBaseline against "the candidate is no worse than the control arm"
 */
public record SloAssessment(
    SloCounts counts,
    double bound,
    double margin,
    double alpha,
    double eValueAbort,
    double eValuePromote,
    double eValueVsBaseline,
    SloVerdict verdict) {}
