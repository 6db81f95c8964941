package io.plimsoll.environments.aws.disturb;

import io.plimsoll.environments.aws.ActingClients;
import io.plimsoll.environments.aws.ObservationException;
import io.plimsoll.environments.aws.descriptor.Disturbing;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Topology;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Carries out disturbances, and tells each as an event with its beginning, end and outcome. Nothing is done that the
 * descriptor does not permit by name. Safe for use by several threads.
 */
public final class Disturber {
    /** Looks at the stack as it is now. */
    @FunctionalInterface
    public interface Look {
        /** The stack as discovered again. */
        Topology now() throws InterruptedException;
    }

    private final AwsActions aws;
    private final Optional<ControlChannel> channel;
    private final Disturbing permission;
    private final Look look;
    private final long seed;
    private final Clock clock;

    /**
     * A disturber of one stack.
     *
     * @param clients what AWS's calls are made with
     * @param channel the way to a local stack for what AWS has no call for; empty elsewhere
     * @param permission what may be done
     * @param poll how often something that takes long is asked whether it is over
     * @param look discovers the stack; asked before each disturbance, so that targets are those that are there
     * @param seed of the choice of targets
     * @param timeScale factor on the times of what is scheduled, in (0, 1]
     * @param clock for the moments of the events
     */
    public Disturber(
            ActingClients clients,
            Optional<ControlChannel> channel,
            Disturbing permission,
            Duration poll,
            Look look,
            long seed,
            double timeScale,
            Clock clock) {
        this.aws = new AwsActions(clients, new Waiting(poll), new Moments(clock, timeScale), permission.experiment());
        this.channel = channel;
        this.permission = permission;
        this.look = look;
        this.seed = seed;
        this.clock = clock;
    }

    /**
     * Carries out a disturbance. Whatever goes wrong is told by the event: its detail {@code outcome} is {@code done},
     * {@code failed} or {@code refused}, with a {@code reason}. {@code end} is when it was done, {@code planned} when it
     * was due.
     */
    public Event carryOut(Disturbance asked, Instant planned) {
        Optional<String> refusal = permission.refusal(asked.name());
        if (refusal.isPresent()) {
            return event(asked, planned, clock.instant(), "refused", "stack", refusal.get());
        }
        Instant begin = clock.instant();
        try {
            Targets targets = new Targets(look.now(), seed);
            begin = clock.instant();
            AwsActions.Done done = act(asked, targets);
            return event(asked, planned, begin, "done", done.resource(), done.sentence());
        } catch (DisturbanceException e) {
            return event(asked, planned, begin, "failed", "stack", String.valueOf(e.getMessage()));
        } catch (ObservationException e) {
            return event(asked, planned, begin, "failed", "stack", e.sentence());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return event(asked, planned, begin, "failed", "stack", "the run ended before it was through");
        }
    }

    private AwsActions.Done act(Disturbance asked, Targets targets) throws InterruptedException {
        Optional<AwsActions.Action> action = aws.named(asked.name());
        if (action.isPresent()) {
            return action.get().on(asked, targets);
        }
        return channel.orElseThrow(() ->
                        new DisturbanceException("AWS has no call for it, and this environment has no control channel"))
                .order(asked, targets);
    }

    private Event event(
            Disturbance asked, Instant planned, Instant begin, String outcome, String resource, String sentence) {
        SortedMap<String, String> details = new TreeMap<>(asked.with());
        details.put("disturbance", asked.name());
        details.put("outcome", outcome);
        details.put("planned", planned.toString());
        details.put("end", clock.instant().toString());
        asked.of().ifPresent(of -> details.put("of", of));
        if (!outcome.equals("done")) {
            details.put("reason", sentence);
        }
        String summary = asked + ": " + (outcome.equals("done") ? sentence : outcome + ", " + sentence);
        return new Event(begin, Event.Kind.DISTURBANCE, resource, summary, details);
    }
}
