/** What of a contract a change may touch, in a form that is kept and compared. */
@NullMarked
package dev.sluice.catalog.contract.change;

import org.jspecify.annotations.NullMarked;
