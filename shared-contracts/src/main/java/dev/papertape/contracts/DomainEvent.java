package dev.papertape.contracts;

/**
 * A fact of any context. Each context has one sealed sub-interface; a {@code switch} over it has no
 * {@code default}, so a new event fails the build wherever it is not handled.
 *
 * <p>The logical name under which an event is stored is {@code <context>.<SimpleClassName>}, for
 * example {@code router.OrderRouted}; it survives a move of the class.
 */
public interface DomainEvent {}
