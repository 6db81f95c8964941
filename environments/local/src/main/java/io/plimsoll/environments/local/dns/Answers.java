package io.plimsoll.environments.local.dns;

import io.plimsoll.environments.local.estate.RecordSetView;
import java.io.IOException;
import java.util.List;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Answers questions about one zone, authoritatively; questions about other names are refused. */
final class Answers {
    private static final int LONGEST_CHAIN = 8;
    private static final int PAYLOAD = 1232;

    private final HostedZone zone;

    Answers(HostedZone zone) {
        this.zone = zone;
    }

    /**
     * The answer to a message on the wire.
     *
     * @param most longest answer in bytes; a longer one is cut and says so
     * @return empty if the message is not to be answered
     */
    byte[] to(byte[] wire, int most) {
        Message query;
        try {
            query = new Message(wire);
        } catch (IOException e) {
            return wire.length < Header.LENGTH ? new byte[0] : formatError(wire);
        }
        if (query.getHeader().getFlag(Flags.QR)) {
            return new byte[0];
        }
        OPTRecord options = query.getOPT();
        int limit = options == null ? most : Math.max(most, Math.min(options.getPayloadSize(), PAYLOAD));
        return answer(query).toWire(limit);
    }

    private static byte[] formatError(byte[] wire) {
        Message answer = new Message(((wire[0] & 0xff) << 8) | (wire[1] & 0xff));
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setRcode(Rcode.FORMERR);
        return answer.toWire();
    }

    private Message answer(Message query) {
        Message answer = new Message(query.getHeader().getID());
        Header header = answer.getHeader();
        header.setFlag(Flags.QR);
        header.setOpcode(query.getHeader().getOpcode());
        if (query.getHeader().getFlag(Flags.RD)) {
            header.setFlag(Flags.RD);
        }
        if (query.getOPT() != null) {
            answer.addRecord(new OPTRecord(PAYLOAD, 0, 0), Section.ADDITIONAL);
        }
        Record question = query.getQuestion();
        if (query.getHeader().getOpcode() != Opcode.QUERY) {
            header.setRcode(Rcode.NOTIMP);
        } else if (question == null) {
            header.setRcode(Rcode.FORMERR);
        } else {
            answer.addRecord(question, Section.QUESTION);
            answer(question, answer);
        }
        return answer;
    }

    private void answer(Record question, Message answer) {
        if (question.getDClass() != DClass.IN
                || !zone.contains(question.getName().toString())) {
            answer.getHeader().setRcode(Rcode.REFUSED);
            return;
        }
        zone.asked();
        answer.getHeader().setFlag(Flags.AA);
        Name name = question.getName();
        for (int length = 0; length < LONGEST_CHAIN; length++) {
            List<Record> found = records(name, question.getType());
            found.forEach(one -> answer.addRecord(one, Section.ANSWER));
            if (found.size() == 1 && found.get(0) instanceof CNAMERecord alias && question.getType() != Type.CNAME) {
                name = alias.getTarget();
            } else {
                break;
            }
        }
        if (answer.getSection(Section.ANSWER).isEmpty()) {
            if (!zone.exists(name.toString())) {
                answer.getHeader().setRcode(Rcode.NXDOMAIN);
            }
            records(zoneName(), Type.SOA).forEach(soa -> answer.addRecord(soa, Section.AUTHORITY));
        }
    }

    private Name zoneName() {
        return Name.fromConstantString(zone.name());
    }

    /** Records of a name and type, or its CNAME. */
    private List<Record> records(Name name, int type) {
        List<RecordSetView> sets = zone.answered(name.toString());
        List<Record> found = sets.stream()
                .filter(set -> type == Type.ANY || set.type().equals(Type.string(type)))
                .flatMap(set -> set.values().stream().map(value -> record(name, set, value)))
                .toList();
        return found.isEmpty()
                ? sets.stream()
                        .filter(set -> set.type().equals("CNAME"))
                        .map(set -> record(name, set, set.values().get(0)))
                        .toList()
                : found;
    }

    private static Record record(Name name, RecordSetView set, String value) {
        try {
            return Record.fromString(
                    name, Type.value(set.type()), DClass.IN, set.ttl().toSeconds(), value, Name.root);
        } catch (IOException e) {
            throw new IllegalStateException(
                    set.name() + " " + set.type() + ": '" + value + "' is no value of that type: " + e.getMessage(), e);
        }
    }
}
