package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.photos.Photo;
import io.plimsoll.environments.local.photos.PhotoStore;
import io.plimsoll.environments.local.queue.QueueServer;
import io.plimsoll.environments.local.site.Disturbances;
import io.plimsoll.environments.local.site.Disturbances.Parameters;
import io.plimsoll.environments.local.site.Disturbances.Refused;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** What can be done to the queue: {@code fill-queue?messages=n} and {@code poison-message}. */
final class QueueDisturbances {
    private static final int MOST_MESSAGES = 10_000;
    private static final Photo FILLING = new Photo("filling");
    private static final Photo POISON = new Photo("poison");
    private static final String MEDIA_TYPE = "image/jpeg";
    private static final int SIDE = 256;

    private final QueueServer server;
    private final PhotoStore store;

    QueueDisturbances(QueueServer server, PhotoStore store) {
        this.server = server;
        this.store = store;
    }

    /** Makes them known. */
    void register(Disturbances disturbances) {
        disturbances.register("fill-queue", this::fill);
        disturbances.register("poison-message", this::poison);
    }

    /** Real jobs for a real photo: workers have to do them all. */
    private String fill(Parameters parameters) throws Refused {
        int messages = parameters.whole("messages", 1, MOST_MESSAGES);
        try {
            store.put(FILLING.originalKey(), MEDIA_TYPE, picture());
            for (int i = 0; i < messages; i++) {
                server.queue().send(FILLING.job());
            }
        } catch (IOException e) {
            throw new Refused(409, "the queue was not filled: " + e.getMessage());
        }
        return "sent " + messages + " jobs to " + server.settings().name();
    }

    /** A job for a photo that is cut off after its head: it looks like a JPEG, and no worker can read it. */
    private String poison(Parameters parameters) throws Refused {
        try {
            store.put(POISON.originalKey(), MEDIA_TYPE, Arrays.copyOf(picture(), 100));
            server.queue().send(POISON.job());
        } catch (IOException e) {
            throw new Refused(409, "the message was not sent: " + e.getMessage());
        }
        return "sent a job that cannot be done to " + server.settings().name();
    }

    private static byte[] picture() throws IOException {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB), "jpeg", jpeg);
        return jpeg.toByteArray();
    }
}
