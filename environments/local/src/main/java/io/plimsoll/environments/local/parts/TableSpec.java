package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.descriptor.Values;
import io.plimsoll.environments.local.estate.ProxiedServiceView;
import io.plimsoll.environments.local.estate.TableView;
import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.site.Disturbances.Refused;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.environments.local.site.Site;
import io.plimsoll.environments.local.table.TableProgram;
import io.plimsoll.environments.local.table.TableServer;
import io.plimsoll.environments.local.table.TableSettings;
import io.plimsoll.results.document.Document.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The table of values by key. Where its store is not installed, the stack starts without it and says why.
 *
 * @param name name of the part
 * @param settings the table
 */
record TableSpec(String name, TableSettings settings) implements PartSpec {
    private static final int MOST_UNITS = 40_000;
    private static final Duration LONGEST_BURST = Duration.ofMinutes(5);

    static PartSpec read(String name, Node node, Common common) {
        node.allowOnly("kind", "read-units", "write-units", "burst");
        return new TableSpec(
                name,
                new TableSettings(
                        Common.resourceName(name),
                        common.region(),
                        node.required("read-units").integer(1, MOST_UNITS),
                        node.required("write-units").integer(1, MOST_UNITS),
                        Values.within(node.required("burst"), Duration.ofSeconds(1), LONGEST_BURST)));
    }

    @Override
    public List<String> uses() {
        return List.of();
    }

    @Override
    public Part start(Site site) {
        TableProgram program;
        try {
            program = TableProgram.find(site.binaries());
        } catch (TableProgram.MissingException e) {
            site.announce("lacks", Map.of("table", e.getMessage()));
            site.tell("no table " + settings.name() + ": " + e.getMessage());
            return new Absent();
        }
        TableServer server = TableServer.start(site.guardian(), program, settings);
        site.everySecond(settings.name(), at -> server.publish(at, site.metrics()));
        site.disturbances().register("lose-table", parameters -> {
            if (!server.lose()) {
                throw new Refused(409, "the store of " + settings.name() + " is lost already");
            }
            return "killed the store of " + settings.name();
        });
        site.disturbances().register("restore-table", parameters -> {
            if (!server.restore()) {
                throw new Refused(409, "the store of " + settings.name() + " is up");
            }
            return "started the store of " + settings.name();
        });
        site.announce("table", settings.name());
        site.tell("table " + settings.name() + ": dynalite, " + settings.readUnits() + " read and "
                + settings.writeUnits() + " write units");
        return new Running(server);
    }

    /** No table. */
    private record Absent() implements Part {}

    /** A table at work. */
    record Running(TableServer server) implements Part {
        @Override
        public Stream<?> offers() {
            return Stream.of(
                    new TableView(server.settings().name()), new ProxiedServiceView("dynamodb", server.endpoint()));
        }

        @Override
        public Map<String, String> settings() {
            return Map.of(
                    "table-endpoint",
                    server.endpoint().toString(),
                    "table-name",
                    server.settings().name(),
                    "table-region",
                    server.settings().region());
        }

        @Override
        public Map<String, ChildProcess> processes() {
            return Map.of(server.settings().name(), server.process());
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
