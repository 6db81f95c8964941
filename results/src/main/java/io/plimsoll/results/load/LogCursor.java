package io.plimsoll.results.load;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** A place in a log file that may still grow: reads on from there and keeps the bytes of an unfinished record. */
final class LogCursor implements Closeable {
    private final FileChannel channel;
    private final GatlingLogDecoder decoder;
    private byte[] buffer = new byte[1 << 18];
    private int held;

    LogCursor(Path log, GatlingLogDecoder decoder) throws IOException {
        this.channel = FileChannel.open(log, StandardOpenOption.READ);
        this.decoder = decoder;
    }

    /**
     * Decodes all whole records up to the present end of the file. After an exception the cursor is of no further use.
     *
     * @throws IOException if the file cannot be read, or became shorter than what was read of it
     */
    void advance(GatlingLogDecoder.Sink sink) throws IOException {
        if (channel.size() < channel.position()) {
            throw new IOException("the log became shorter: " + channel.size() + " bytes, of which " + channel.position()
                    + " had been read");
        }
        int read = channel.read(ByteBuffer.wrap(buffer, held, buffer.length - held));
        while (read > 0) {
            held += read;
            int whole = decoder.decode(buffer, 0, held, sink);
            held -= whole;
            System.arraycopy(buffer, whole, buffer, 0, held);
            if (held == buffer.length) {
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
            read = channel.read(ByteBuffer.wrap(buffer, held, buffer.length - held));
        }
    }

    /** Bytes of the file after the last whole record. */
    long trailingBytes() throws IOException {
        return channel.size() - decoder.consumed();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
