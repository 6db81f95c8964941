package io.plimsoll.simulations.fleet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts injectors as processes of this machine. They end when this process does, whatever ends it. */
public final class LocalEngine implements Engine {
    private final Clock clock;

    public LocalEngine(Clock clock) {
        this.clock = clock;
    }

    private record Processes(Instant t0, List<Process> processes) implements Gang {
        @Override
        public String name() {
            return processes.size() + " processes of this machine";
        }

        @Override
        public Optional<Instant> start() {
            return Optional.of(t0);
        }

        @Override
        public boolean isOver() {
            return processes.stream().noneMatch(Process::isAlive);
        }

        @Override
        public void cancel() {
            processes.forEach(Process::destroy);
        }
    }

    @Override
    public Gang submit(GangOrder order) {
        Path injector = GangOrder.injector();
        List<String> options = new ArrayList<>(order.options());
        options.add("-Dshard.coordinator=" + ProcessHandle.current().pid());
        new GangOrder(order.run(), order.count(), order.home(), order.results(), options, order.lead(), order.longest())
                .write();
        Processes started = new Processes(order.startFrom(clock), new ArrayList<>());
        for (int index = 0; index < order.count(); index++) {
            ProcessBuilder builder = new ProcessBuilder(
                            injector.toString(),
                            order.results().told(),
                            Long.toString(started.t0().toEpochMilli()))
                    .directory(order.home().toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("PLIMSOLL_INDEX", Integer.toString(index));
            try {
                started.processes().add(builder.start());
            } catch (IOException e) {
                started.cancel();
                throw new EngineException("injector " + index + " cannot be started: " + e.getMessage());
            }
        }
        return started;
    }
}
