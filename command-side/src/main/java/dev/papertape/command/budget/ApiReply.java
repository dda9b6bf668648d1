package dev.papertape.command.budget;

/**
 * What a provider answered.
 *
 * @param status of HTTP
 */
public record ApiReply(int status, byte[] body) {}
