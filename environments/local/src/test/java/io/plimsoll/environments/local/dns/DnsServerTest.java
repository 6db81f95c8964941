package io.plimsoll.environments.local.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.local.estate.RecordSetView;
import io.plimsoll.environments.local.estate.RecordSetView.Failover;
import io.plimsoll.environments.local.estate.RecordSetView.Role;
import io.plimsoll.environments.local.process.LoopbackPorts;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

class DnsServerTest {
    private static final Duration TTL = Duration.ofSeconds(1);

    private final Set<String> sick = ConcurrentHashMap.newKeySet();
    private final HostedZone zone = new HostedZone("plimsoll.test.", id -> !sick.contains(id));
    private final DnsServer server = DnsServer.start(zone);

    @AfterEach
    void close() {
        server.close();
    }

    private static RecordSetView address(String name, String... values) {
        return RecordSetView.simple(name, "A", TTL, List.of(values));
    }

    private Message ask(String name, int type, boolean tcp) throws IOException {
        SimpleResolver resolver = new SimpleResolver(LoopbackPorts.ADDRESS);
        resolver.setPort(server.port());
        resolver.setTCP(tcp);
        resolver.setTimeout(Duration.ofSeconds(10));
        return resolver.send(Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN)));
    }

    private static List<String> data(Message answer) {
        return answer.getSection(Section.ANSWER).stream()
                .map(Record::rdataToString)
                .toList();
    }

    @Test
    void aNameIsAnsweredWithItsAddressAndShortLifeOverBothProtocols() throws Exception {
        zone.upsert(address("www.plimsoll.test.", "127.0.0.1"));

        for (boolean tcp : new boolean[] {false, true}) {
            Message answer = ask("WWW.plimsoll.test.", Type.A, tcp);

            assertThat(data(answer)).containsExactly("127.0.0.1");
            assertThat(answer.getSection(Section.ANSWER).get(0).getTTL()).isEqualTo(1);
            assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
        }
        assertThat(zone.queries()).isEqualTo(2);
    }

    @Test
    void aChangedRecordIsAnsweredAtOnce() throws Exception {
        zone.upsert(address("www.plimsoll.test.", "127.0.0.1"));
        zone.upsert(address("www.plimsoll.test.", "127.0.0.2"));

        assertThat(data(ask("www.plimsoll.test.", Type.A, false))).containsExactly("127.0.0.2");
        assertThat(zone.view().recordSets()).hasSize(4);
    }

    @Test
    void aNameThatIsNotThereAndATypeThatIsNotAreToldApart() throws Exception {
        zone.upsert(address("a.www.plimsoll.test.", "127.0.0.1"));

        Message noName = ask("nowhere.plimsoll.test.", Type.A, false);
        Message noType = ask("a.www.plimsoll.test.", Type.AAAA, false);
        Message between = ask("www.plimsoll.test.", Type.A, false);

        assertThat(noName.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(noType.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(between.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(noType.getSection(Section.ANSWER)).isEmpty();
        assertThat(noType.getSection(Section.AUTHORITY)).hasSize(1);
    }

    @Test
    void aNameOfAnotherZoneIsRefusedAndNotCounted() throws Exception {
        assertThat(ask("example.com.", Type.A, false).getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(ask("notplimsoll.test.", Type.A, false).getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(zone.queries()).isZero();
    }

    @Test
    void anAliasIsFollowedAndAServiceHasItsPort() throws Exception {
        zone.upsert(address("lb.plimsoll.test.", "127.0.0.1"));
        zone.upsert(RecordSetView.simple("www.plimsoll.test.", "CNAME", TTL, List.of("lb.plimsoll.test.")));
        zone.upsert(
                RecordSetView.simple("_http._tcp.plimsoll.test.", "SRV", TTL, List.of("0 0 8080 lb.plimsoll.test.")));

        assertThat(data(ask("www.plimsoll.test.", Type.A, false))).containsExactly("lb.plimsoll.test.", "127.0.0.1");
        assertThat(data(ask("_http._tcp.plimsoll.test.", Type.SRV, false)))
                .containsExactly("0 0 8080 lb.plimsoll.test.");
    }

    @Test
    void theSecondaryIsAnsweredWhileThePrimaryIsSickAndItIsWell() throws Exception {
        zone.upsert(failover("127.0.0.1", Role.PRIMARY, "check-1"));
        zone.upsert(failover("127.0.0.2", Role.SECONDARY, "check-2"));
        assertThat(data(ask("db.plimsoll.test.", Type.A, false))).containsExactly("127.0.0.1");

        sick.add("check-1");
        assertThat(data(ask("db.plimsoll.test.", Type.A, false))).containsExactly("127.0.0.2");

        sick.add("check-2");
        assertThat(data(ask("db.plimsoll.test.", Type.A, false))).containsExactly("127.0.0.1");

        sick.clear();
        assertThat(data(ask("db.plimsoll.test.", Type.A, false))).containsExactly("127.0.0.1");
    }

    private static RecordSetView failover(String value, Role role, String check) {
        return new RecordSetView(
                "db.plimsoll.test.",
                "A",
                TTL,
                List.of(value),
                Optional.of(new Failover(role.name(), role)),
                Optional.of(check));
    }

    @Test
    void anAnswerTooLongForUdpSaysSoAndIsWholeOverTcp() throws Exception {
        zone.upsert(address(
                "many.plimsoll.test.",
                IntStream.rangeClosed(1, 60).mapToObj(i -> "127.0.0." + i).toArray(String[]::new)));

        byte[] short512 = new Answers(zone)
                .to(
                        Message.newQuery(Record.newRecord(Name.fromString("many.plimsoll.test."), Type.A, DClass.IN))
                                .toWire(),
                        512);
        Message whole = ask("many.plimsoll.test.", Type.A, true);

        assertThat(short512.length).isLessThanOrEqualTo(512);
        assertThat(new Message(short512).getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(data(whole)).hasSize(60);
    }

    @Test
    void garbageIsNoReasonToStop() throws Exception {
        zone.upsert(address("www.plimsoll.test.", "127.0.0.1"));
        try (DatagramSocket socket = new DatagramSocket()) {
            for (byte[] garbage :
                    List.of(new byte[] {1}, new byte[40], new byte[] {0, 1, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0})) {
                socket.send(new DatagramPacket(garbage, garbage.length, LoopbackPorts.address(), server.port()));
            }
        }

        assertThat(data(ask("www.plimsoll.test.", Type.A, false))).containsExactly("127.0.0.1");
    }

    /** The JDK's own DNS client shares no code with the server. */
    @Test
    @SuppressWarnings({"BanJNDI", "JdkObsolete"}) // only texts come from this server, and JNDI wants a Hashtable
    void aClientOfAnotherFamilyUnderstandsTheAnswers() throws Exception {
        zone.upsert(address("www.plimsoll.test.", "127.0.0.1"));
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        settings.put(Context.PROVIDER_URL, "dns://127.0.0.1:" + server.port());
        DirContext client = new InitialDirContext(settings);

        assertThat(client.getAttributes("www.plimsoll.test", new String[] {"A"})
                        .get("A")
                        .get())
                .isEqualTo("127.0.0.1");
        assertThatThrownBy(() -> client.getAttributes("nowhere.plimsoll.test", new String[] {"A"}))
                .isInstanceOf(NameNotFoundException.class);
        client.close();
    }

    @Test
    void aNameOutsideTheZoneCannotBeAdded() {
        assertThatThrownBy(() -> zone.upsert(address("www.example.com.", "127.0.0.1")))
                .hasMessage("www.example.com. is not in the zone plimsoll.test.");
        assertThatThrownBy(() -> address("www.plimsoll.test", "127.0.0.1"))
                .hasMessage("name must end in a dot, was 'www.plimsoll.test'");
    }
}
