package io.plimsoll.results.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of a Gatling 3.15.1 {@code simulation.log} into records, piece by piece. The only place that knows the
 * format.
 *
 * <p>Source: {@code io.gatling.core.stats.writer.LogFileDataWriter} at tag v3.15.1. The log is big-endian, without
 * framing or checksum. Everything that Gatling cannot have written is refused: an unknown header, a boolean other than 0
 * or 1, a string longer than its writer's buffer, a reference to a string never defined, a definition out of turn.
 */
final class GatlingLogDecoder {
    /** The only version whose log is read. */
    static final String VERSION = "3.15.1";

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int RUN = 0;
    private static final int REQUEST = 1;
    private static final int USER = 2;
    private static final int GROUP = 3;
    private static final int ERROR = 4;
    /** Gatling's writer has a buffer of so many bytes, and a string must fit into it. */
    private static final int MOST_STRING_BYTES = 8192;
    /** No simulation nests its groups deeper. */
    private static final int MOST_GROUPS = 1000;
    /** No simulation has more scenarios or assertions. */
    private static final int MOST_DECLARED = 10_000;

    /** Receives records; names are given as {@link GatlingLogDecoder#string numbers}. */
    interface Sink {
        /** A request ended; times in milliseconds since the run's start. */
        void request(int name, boolean ok, int start, int end);

        /** A user started or ended, in milliseconds since the run's start. */
        void user(boolean started, int at);
    }

    /**
     * The Run record.
     *
     * @param simulationClass class name of the simulation
     * @param startMillisEpoch the run's start, to which all other times are relative
     * @param scenarios number of scenarios
     */
    record Header(String simulationClass, long startMillisEpoch, int scenarios) {}

    private final String source;
    private final Charset utf16;
    private byte[] bytes = new byte[0];
    private int position;
    private int limit;
    private long consumed;
    private long records;
    private @Nullable Header header;
    private int scenarios;
    private String[] strings = new String[64];
    private int defined;

    /**
     * A decoder at the start of a log.
     *
     * @param source what errors call the log
     * @param textOrder byte order of the machine that wrote it
     */
    GatlingLogDecoder(String source, ByteOrder textOrder) {
        this.source = source;
        utf16 = textOrder == ByteOrder.BIG_ENDIAN ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    }

    /** The Run record, once it was decoded. */
    Optional<Header> header() {
        return Optional.ofNullable(header);
    }

    /** Bytes of whole records decoded so far. */
    long consumed() {
        return consumed;
    }

    /** Whole records decoded so far, the Run record among them. */
    long records() {
        return records;
    }

    /** The text of a name given to the sink. */
    String string(int number) {
        return strings[number];
    }

    /**
     * Decodes all whole records in {@code bytes[from, to)}.
     *
     * @return where the first record begins that is not whole; {@code to} if there is none
     * @throws MalformedRecordException if a record after the Run record cannot be Gatling's; those before it were given
     *     to the sink and count as consumed
     * @throws UnreadableLogException if this is not a log of Gatling {@link #VERSION}
     */
    int decode(byte[] bytes, int from, int to, Sink sink) {
        this.bytes = bytes;
        position = from;
        limit = to;
        int whole = from;
        int definedBefore = defined;
        try {
            if (header == null) {
                header = readHeader();
                scenarios = header.scenarios();
                records++;
                whole = position;
            }
            while (position < limit) {
                definedBefore = defined;
                readRecord(sink);
                records++;
                whole = position;
            }
        } catch (Incomplete e) {
            Arrays.fill(strings, definedBefore + 1, defined + 1, null);
            defined = definedBefore;
        } finally {
            consumed += whole - from;
        }
        return whole;
    }

    private Header readHeader() {
        int start = position;
        try {
            int type = readByte();
            if (type != RUN) {
                throw notALog("must begin with a Run record (byte 0), was byte " + type);
            }
            String version = readString();
            if (!version.equals(VERSION)) {
                throw version.matches("[0-9][0-9A-Za-z.+-]*")
                        ? new UnreadableLogException(source + ": was written by Gatling " + version + "; only Gatling "
                                + VERSION + " can be read")
                        : notALog("must name Gatling's version");
            }
            String simulationClass = readString();
            long startMillisEpoch = readLong();
            readString();
            int declared = readCount("scenarios", MOST_DECLARED);
            for (int i = 0; i < declared; i++) {
                readString();
            }
            int assertions = readCount("assertions", MOST_DECLARED);
            for (int i = 0; i < assertions; i++) {
                skip(readCount("bytes of an assertion", MOST_STRING_BYTES));
            }
            return new Header(simulationClass, startMillisEpoch, declared);
        } catch (MalformedRecordException e) {
            position = start;
            throw notALog(String.valueOf(e.getMessage()));
        }
    }

    private UnreadableLogException notALog(String why) {
        return new UnreadableLogException(source + ": is not a log of Gatling " + VERSION + ": " + why);
    }

    private void readRecord(Sink sink) {
        int type = readByte();
        switch (type) {
            case REQUEST -> readRequest(sink);
            case USER -> readUser(sink);
            case GROUP -> {
                readGroups();
                skip(3 * Integer.BYTES);
                readBoolean();
            }
            case ERROR -> {
                readCachedString();
                skip(Integer.BYTES);
            }
            default -> throw new MalformedRecordException("record type must be in [1, 4], was " + type);
        }
    }

    private void readRequest(Sink sink) {
        readGroups();
        int name = readCachedString();
        int start = readInt();
        int end = readInt();
        boolean ok = readBoolean();
        readCachedString();
        sink.request(name, ok, start, end);
    }

    private void readUser(Sink sink) {
        int scenario = readInt();
        if (!(scenario >= 0 && scenario < scenarios)) {
            throw new MalformedRecordException("scenario must be in [0, " + scenarios + "), was " + scenario);
        }
        boolean started = readBoolean();
        sink.user(started, readInt());
    }

    private void readGroups() {
        int groups = readCount("groups", MOST_GROUPS);
        for (int i = 0; i < groups; i++) {
            readCachedString();
        }
    }

    /** Number of a string that is defined here or was before; numbers begin with 1. */
    private int readCachedString() {
        int number = readInt();
        if (number < 0) {
            if (!(number >= -defined)) {
                throw new MalformedRecordException("string reference must be in [-" + defined + ", -1], was " + number);
            }
            return -number;
        }
        if (number != defined + 1) {
            throw new MalformedRecordException("string number must be " + (defined + 1) + ", was " + number);
        }
        String text = readString();
        defined = number;
        if (number == strings.length) {
            strings = Arrays.copyOf(strings, number * 2);
        }
        strings[number] = text;
        return number;
    }

    private String readString() {
        int length = readCount("bytes of a string", MOST_STRING_BYTES);
        if (length == 0) {
            return "";
        }
        need(length + 1);
        int start = position;
        position += length;
        int coder = readByte();
        if (coder == 0) {
            return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
        }
        if (coder != 1 || length % 2 != 0) {
            throw new MalformedRecordException(
                    "string of " + length + " bytes: coder must be 0, or 1 with an even length, was " + coder);
        }
        return new String(bytes, start, length, utf16);
    }

    private int readCount(String what, int most) {
        int count = readInt();
        if (!(count >= 0 && count <= most)) {
            throw new MalformedRecordException("number of " + what + " must be in [0, " + most + "], was " + count);
        }
        return count;
    }

    private boolean readBoolean() {
        int value = readByte();
        if ((value & ~1) != 0) {
            throw new MalformedRecordException("boolean must be 0 or 1, was " + value);
        }
        return value == 1;
    }

    private int readByte() {
        need(1);
        return bytes[position++];
    }

    private int readInt() {
        need(Integer.BYTES);
        int value = (int) INT.get(bytes, position);
        position += Integer.BYTES;
        return value;
    }

    private long readLong() {
        need(Long.BYTES);
        long value = (long) LONG.get(bytes, position);
        position += Long.BYTES;
        return value;
    }

    private void skip(int length) {
        need(length);
        position += length;
    }

    private void need(int length) {
        if (limit - position < length) {
            throw new Incomplete();
        }
    }

    /** The bytes end within a record: thrown at most once for each piece of the log, so without a stack trace. */
    private static final class Incomplete extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Incomplete() {
            super("incomplete record", null, false, false);
        }
    }
}
