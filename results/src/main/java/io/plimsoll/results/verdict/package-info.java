/** What was judged: outcomes of SLOs, claims and the whole run, each with its reason. */
@NullMarked
package io.plimsoll.results.verdict;

import org.jspecify.annotations.NullMarked;
