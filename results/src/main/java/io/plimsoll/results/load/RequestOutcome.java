package io.plimsoll.results.load;

/** How the client's checks judged a response. */
public enum RequestOutcome {
    OK,
    KO
}
