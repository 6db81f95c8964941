package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.database.Credentials;
import io.plimsoll.environments.local.database.ReplicatedDatabase;
import io.plimsoll.environments.local.estate.OpenPortView;
import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.environments.local.tcp.SwitchedPort;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A database at work.
 *
 * @param name name of the part
 * @param published its port where the public reaches it, as it should not; empty as a rule
 */
record RunningDatabase(
        String name, ReplicatedDatabase database, Credentials credentials, Optional<SwitchedPort> published)
        implements Part {
    @Override
    public Stream<?> offers() {
        return Stream.of(
                        database.views().stream(),
                        Stream.of(database, new NetworkPath(name, database.primary()::throttle)),
                        database.primary().known().stream(),
                        published
                                .map(open -> new OpenPortView(database.primary().id(), open.port()))
                                .stream())
                .flatMap(offers -> offers);
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("primary-port", Integer.toString(database.primary().port()));
        settings.put("database-password", credentials.service());
        settings.put(
                "replica-ports",
                database.replicas().stream()
                        .map(replica -> Integer.toString(replica.server().port()))
                        .collect(Collectors.joining(",")));
        settings.put(
                "database-ports",
                database.views().stream()
                        .map(view -> view.id() + "=" + view.port())
                        .collect(Collectors.joining(",")));
        return settings;
    }

    @Override
    public Map<String, ChildProcess> processes() {
        Map<String, ChildProcess> processes = new LinkedHashMap<>();
        database.servers().forEach(server -> processes.put(server.id(), server.process()));
        return processes;
    }

    @Override
    public void close() {
        published.ifPresent(SwitchedPort::close);
        database.close();
    }
}
