package dev.papertape.eventstore.contract;

/** Why a format refuses a value: a code, and a sentence that begins with "must". */
record Refusal(String code, String message) {}
