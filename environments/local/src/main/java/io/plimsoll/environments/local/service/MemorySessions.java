package io.plimsoll.environments.local.service;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Sessions in the memory of one instance: they end with it. Of more than 10,000 the oldest are dropped. */
final class MemorySessions implements SessionStore {
    private static final int KEPT = 10_000;

    private final Map<String, Session> sessions = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
            return size() > KEPT;
        }
    };

    @Override
    public synchronized void open(String id, String user) {
        sessions.put(id, new Session(user, 0));
    }

    @Override
    public synchronized Optional<Session> visit(String id) {
        return Optional.ofNullable(
                sessions.computeIfPresent(id, (same, session) -> new Session(session.user(), session.visits() + 1)));
    }

    @Override
    public synchronized void end(String id) {
        sessions.remove(id);
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
