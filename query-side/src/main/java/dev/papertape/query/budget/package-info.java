/** Shows what is spent at providers: each ledger as of any position, and the choices among them. */
@NullMarked
package dev.papertape.query.budget;

import org.jspecify.annotations.NullMarked;
