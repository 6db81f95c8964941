package io.plimsoll.environments.local.service;

import java.util.Optional;

/** Where sessions are. Safe for several threads. */
interface SessionStore extends AutoCloseable {
    /**
     * A session.
     *
     * @param user whose it is
     * @param visits how often it was visited
     */
    record Session(String user, long visits) {}

    /** The store does not answer. */
    final class UnavailableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnavailableException(Throwable cause) {
            super("the session store does not answer", cause);
        }
    }

    void open(String id, String user) throws UnavailableException;

    /** Counts a visit; empty if there is no such session. */
    Optional<Session> visit(String id) throws UnavailableException;

    void end(String id) throws UnavailableException;

    @Override
    void close();
}
