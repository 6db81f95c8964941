package io.plimsoll.simulations.probe;

import io.plimsoll.simulations.plan.RequestSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Long sessions, each logged in once and used at every tick. A session is lost when the service answers that it does not
 * know it; no answer, or an error of the server, is no loss. Who lost a session logs in again.
 */
final class Sessions implements Probe {
    private final ProbeClient client;
    private final ProbeFile.Sessions file;
    private final Seconds checked = Seconds.sums();
    private final Seconds lost = Seconds.sums();
    private final List<Member> members = new ArrayList<>();

    /** One user. */
    private static final class Member {
        private final Map<String, String> values = new TreeMap<>();
        private boolean loggedIn;
        private boolean asking;
    }

    Sessions(ProbeClient client, ProbeFile.Sessions file) {
        this.client = client;
        this.file = file;
        for (int i = 0; i < file.users(); i++) {
            Member member = new Member();
            member.values.put("user", "probe-" + i);
            members.add(member);
        }
    }

    @Override
    public Duration interval() {
        return file.interval();
    }

    @Override
    public synchronized void tick(Instant now) {
        checked.alive(now);
        lost.alive(now);
        for (Member member : members) {
            if (!member.asking) {
                member.asking = true;
                RequestSpec request = member.loggedIn ? file.work() : file.login();
                var unused = client.send(request, member.values).thenAccept(answer -> answered(member, answer));
            }
        }
    }

    private synchronized void answered(Member member, ProbeClient.Answer answer) {
        member.asking = false;
        if (!member.loggedIn) {
            member.values.putAll(answer.saved());
            String cookie = answer.headers().getOrDefault("set-cookie", "");
            if (!cookie.isEmpty()) {
                member.values.put("cookie", cookie.split(";", 2)[0]);
            }
            member.loggedIn = answer.right();
        } else if (answer.right()) {
            checked.add(answer.received(), 1);
        } else if (answer.denied()) {
            checked.add(answer.received(), 1);
            lost.add(answer.received(), 1);
            member.loggedIn = false;
        }
    }

    @Override
    public Findings finish() {
        return Findings.of(List.of(
                checked.series("sessions checked", Probes.CLIENT), lost.series("sessions lost", Probes.CLIENT)));
    }
}
