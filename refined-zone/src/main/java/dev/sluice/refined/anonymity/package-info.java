/** Whether the exact rows that are to leave are anonymous, measured. */
@NullMarked
package dev.sluice.refined.anonymity;

import org.jspecify.annotations.NullMarked;
