package io.plimsoll.results.verdict;

/**
 * One fact that decides whether the run can be relied on at all.
 *
 * @param name such as {@code achieved rate}, {@code log integrity}, {@code injector CPU}
 * @param outcome PASS, INVALID (a proven breach) or INCONCLUSIVE (the fact is not known)
 * @param reason one sentence with limit and measured value
 */
public record ValidityCheck(String name, Outcome outcome, String reason) {}
