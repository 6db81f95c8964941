package io.plimsoll.simulations.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** Resolves the service's name at every tick, and notices when it fails and when the addresses are others. */
final class NameLookups implements Probe {
    private final Name name;
    private final OneAtATime looking;
    private final Seconds resolved = Seconds.sums();
    private final Seconds failures = Seconds.sums();
    private final Seconds changes = Seconds.sums();
    private Optional<SortedSet<String>> first = Optional.empty();

    /**
     * What is resolved.
     *
     * @param host the name
     * @param server the name server, {@code host:port}; empty for the machine's own
     */
    record Name(String host, Optional<String> server) {}

    NameLookups(Name name, ExecutorService workers) {
        this.name = name;
        this.looking = new OneAtATime(workers);
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public synchronized void tick(Instant now) {
        resolved.alive(now);
        failures.alive(now);
        changes.alive(now);
        looking.run(() -> look(now));
    }

    private void look(Instant now) {
        Optional<SortedSet<String>> addresses = addresses();
        synchronized (this) {
            resolved.add(now, addresses.isPresent() ? 1 : 0);
            failures.add(now, addresses.isPresent() ? 0 : 1);
            changes.add(now, addresses.isPresent() && first.isPresent() && !addresses.equals(first) ? 1 : 0);
            if (first.isEmpty()) {
                first = addresses;
            }
        }
    }

    /**
     * The A records, asked of the server itself, so that no cache answers. The JDK's DNS client hands out text alone: no
     * object is ever made of an answer. Its settings come as a Hashtable.
     */
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    private Optional<SortedSet<String>> addresses() {
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        settings.put("java.naming.provider.url", "dns://" + name.server().orElse(""));
        settings.put("com.sun.jndi.dns.timeout.initial", "500");
        settings.put("com.sun.jndi.dns.timeout.retries", "1");
        try {
            InitialDirContext context = new InitialDirContext(settings);
            try {
                SortedSet<String> addresses = records(context, name.host(), "A");
                if (!addresses.isEmpty() && name.server().isPresent()) {
                    // A local stack's addresses all are this machine's: there the port tells services apart.
                    addresses.addAll(records(context, "_http._tcp." + name.host(), "SRV"));
                }
                return addresses.isEmpty() ? Optional.empty() : Optional.of(addresses);
            } finally {
                context.close();
            }
        } catch (NamingException e) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("BanJNDI") // as above
    private static SortedSet<String> records(InitialDirContext context, String host, String type)
            throws NamingException {
        SortedSet<String> found = new TreeSet<>();
        try {
            Attribute records = context.getAttributes(host, new String[] {type}).get(type);
            if (records != null) {
                NamingEnumeration<?> values = records.getAll();
                while (values.hasMore()) {
                    found.add(String.valueOf(values.next()));
                }
            }
        } catch (NameNotFoundException e) {
            return found;
        }
        return found;
    }

    @Override
    public Findings finish() {
        return Findings.of(List.of(
                resolved.series("names resolved", Probes.CLIENT),
                failures.series("name failures", Probes.CLIENT),
                changes.series("address changes", Probes.CLIENT)));
    }
}
