package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.fleet.InstanceFleet;
import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.site.Part;
import java.util.Map;
import java.util.stream.Stream;

/** A fleet at work. */
record RunningFleet(FleetSpec spec, InstanceFleet fleet) implements Part {
    @Override
    public Stream<?> offers() {
        return Stream.concat(Stream.of(fleet), fleet.instances().stream());
    }

    @Override
    public Map<String, ChildProcess> processes() {
        return fleet.processes();
    }
}
