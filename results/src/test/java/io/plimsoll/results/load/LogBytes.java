package io.plimsoll.results.load;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the format of {@code simulation.log}, from its description and apart from the decoder. */
final class LogBytes {
    private final DataOutputStream out;
    private final ByteOrder textOrder;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Integer> ends = new ArrayList<>();

    LogBytes(OutputStream out, ByteOrder textOrder) {
        this.out = new DataOutputStream(out);
        this.textOrder = textOrder;
    }

    /** Where each record ends, within the first megabytes. */
    List<Integer> ends() {
        return ends;
    }

    void flush() throws IOException {
        out.flush();
    }

    LogBytes run(String version, long startMillisEpoch, List<String> scenarios, List<byte[]> assertions)
            throws IOException {
        out.writeByte(0);
        text(version);
        text("io.plimsoll.Example");
        out.writeLong(startMillisEpoch);
        text("");
        out.writeInt(scenarios.size());
        for (String scenario : scenarios) {
            text(scenario);
        }
        out.writeInt(assertions.size());
        for (byte[] assertion : assertions) {
            out.writeInt(assertion.length);
            out.write(assertion);
        }
        return ended();
    }

    LogBytes request(List<String> groups, String name, int start, boolean ok, int end, String message)
            throws IOException {
        out.writeByte(1);
        cached(groups);
        cached(name);
        out.writeInt(start);
        out.writeInt(end);
        out.writeBoolean(ok);
        cached(message);
        return ended();
    }

    LogBytes user(int scenario, boolean started, int at) throws IOException {
        out.writeByte(2);
        out.writeInt(scenario);
        out.writeBoolean(started);
        out.writeInt(at);
        return ended();
    }

    LogBytes group(List<String> groups, int start, boolean ok, int end) throws IOException {
        out.writeByte(3);
        cached(groups);
        out.writeInt(start);
        out.writeInt(end);
        out.writeInt(end - start);
        out.writeBoolean(ok);
        return ended();
    }

    LogBytes error(String message, int at) throws IOException {
        out.writeByte(4);
        cached(message);
        out.writeInt(at);
        return ended();
    }

    LogBytes raw(int... bytes) throws IOException {
        for (int value : bytes) {
            out.writeByte(value);
        }
        return ended();
    }

    private LogBytes ended() {
        if (out.size() < 4_000_000) {
            ends.add(out.size());
        }
        return this;
    }

    private void cached(List<String> groups) throws IOException {
        out.writeInt(groups.size());
        for (String group : groups) {
            cached(group);
        }
    }

    private void cached(String text) throws IOException {
        Integer number = numbers.get(text);
        if (number == null) {
            numbers.put(text, numbers.size() + 1);
            out.writeInt(numbers.size());
            text(text);
        } else {
            out.writeInt(-number);
        }
    }

    private void text(String text) throws IOException {
        boolean latin1 = text.chars().allMatch(c -> c < 256);
        byte[] bytes = text.getBytes(
                latin1
                        ? StandardCharsets.ISO_8859_1
                        : textOrder == ByteOrder.BIG_ENDIAN ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
        out.writeInt(bytes.length);
        if (bytes.length > 0) {
            out.write(bytes);
            out.writeByte(latin1 ? 0 : 1);
        }
    }
}
