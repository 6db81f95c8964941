package io.plimsoll.environments.local.queue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps the books on messages from the queues' events. A message that is moved to the dead letters is added to them under
 * the same id, and may or may not be told as removed from its queue, before or after: it was neither deleted nor sent. So what
 * is removed is booked as deleted only at the second report after it. Safe for several threads.
 */
final class MessageLedger {
    private final Map<String, Book> books = new TreeMap<>();

    /** What is known of one queue. */
    private static final class Book {
        private final Map<String, Held> held = new HashMap<>();
        private final Map<String, Integer> removed = new HashMap<>();
        private long sent;
        private long received;
        private long deleted;
    }

    private record Held(long sentMillis, int receives) {}

    /** A message is in a queue now. */
    synchronized void added(String queue, String id, long sentMillis, int receives) {
        boolean moved = false;
        for (Map.Entry<String, Book> other : books.entrySet()) {
            if (!other.getKey().equals(queue)) {
                moved |= other.getValue().held.remove(id) != null
                        || other.getValue().removed.remove(id) != null;
            }
        }
        Book book = book(queue);
        book.held.put(id, new Held(sentMillis, receives));
        if (!moved) {
            book.sent++;
        }
    }

    /** A message of a queue was received, or hidden for longer. */
    synchronized void updated(String queue, String id, long sentMillis, int receives) {
        Book book = book(queue);
        Held before = book.held.put(id, new Held(sentMillis, receives));
        book.received += Math.max(0, receives - (before == null ? 0 : before.receives()));
    }

    /** A message is no longer in a queue. */
    synchronized void removed(String queue, String id) {
        Book book = book(queue);
        if (book.held.remove(id) != null) {
            book.removed.put(id, 0);
        }
    }

    /** Totals of every queue, by name. */
    synchronized List<QueueTotals> report() {
        List<QueueTotals> totals = new ArrayList<>();
        books.forEach((queue, book) -> {
            book.removed.replaceAll((id, reports) -> reports + 1);
            long before = book.removed.size();
            book.removed.values().removeIf(reports -> reports > 1);
            book.deleted += before - book.removed.size();
            totals.add(new QueueTotals(
                    queue,
                    book.sent,
                    book.received,
                    book.deleted,
                    book.held.values().stream().mapToLong(Held::sentMillis).min()));
        });
        return totals;
    }

    private Book book(String queue) {
        return books.computeIfAbsent(queue, name -> new Book());
    }
}
