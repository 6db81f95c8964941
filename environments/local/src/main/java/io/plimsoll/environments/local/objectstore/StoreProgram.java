package io.plimsoll.environments.local.objectstore;

import io.plimsoll.environments.local.process.Told;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An object store by itself, without a stack, for what needs a bucket. It reads {@code key=value} lines from standard
 * input up to an empty one, fills the bucket, writes {@code LISTENING <port>} to standard output, and ends when its
 * standard input does.
 */
public final class StoreProgram {
    /** Begins the line with the port. */
    private static final String LISTENING = "LISTENING ";

    private static final Logger ROOT_LOG = Logger.getLogger("");
    private static final PrintStream OUT = System.out;

    private StoreProgram() {}

    public static void main(String[] arguments) throws IOException {
        ROOT_LOG.setLevel(Level.WARNING);
        BufferedReader input = Told.input();
        Told settings = Told.read(input);
        S3Server server = S3Server.start(
                Path.of(settings.get("directory")),
                new ObjectStoreSettings(
                        settings.get("bucket"),
                        Integer.parseInt(settings.get("objects")),
                        Integer.parseInt(settings.get("max-age"))),
                new S3Server.Keys(settings.get("key-id"), settings.get("secret-key")));
        OUT.println(LISTENING + server.port());
        OUT.flush();
        Told.endWith(input);
    }
}
