package io.plimsoll.environments.local.service;

import io.plimsoll.environments.local.photos.Photo;
import io.plimsoll.environments.local.photos.PhotoStore;
import io.plimsoll.environments.local.photos.PhotoWorker;
import io.plimsoll.environments.local.photos.SignatureV4;
import io.plimsoll.environments.local.photos.Thumbnail;
import io.plimsoll.environments.local.queue.QueueClient;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;

/**
 * Photos: {@code POST /photos} stores a JPEG or PNG and puts the job to make its thumbnail on the queue, {@code GET
 * /photos/{id}} and {@code GET /photos/{id}/thumbnail} read them from the object store. A thumbnail that no worker has made
 * yet is not found.
 */
final class PhotoRoutes implements AutoCloseable {
    /** Largest photo, in bytes. */
    static final int LARGEST = 512 << 10;

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

    private final PhotoStore store;
    private final QueueClient queue;
    private final Optional<ConnectionPool> numbers;

    private PhotoRoutes(ServiceSettings settings, Optional<ConnectionPool> numbers) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                .build();
        this.store = new PhotoStore(
                client,
                URI.create(settings.text("object-store-url") + "/" + settings.text("object-store-bucket")),
                new SignatureV4(
                        settings.text("object-store-key-id"),
                        settings.text("object-store-secret-key"),
                        settings.text("queue-region")));
        this.queue = new QueueClient(client, URI.create(settings.text("queue-url")));
        this.numbers = numbers;
    }

    /** For a service that has both a queue and an object store; empty for any other. */
    static Optional<PhotoRoutes> of(Role role, ServiceSettings settings) {
        if (role == Role.WEB
                || settings.optional("queue-url").isEmpty()
                || settings.optional("object-store-url").isEmpty()) {
            return Optional.empty();
        }
        boolean uploads = role == Role.WRITE || role == Role.ALL;
        return Optional.of(new PhotoRoutes(
                settings,
                uploads
                        ? Optional.of(ConnectionPool.of(
                                "photos",
                                settings.port("primary-port").orElseThrow(),
                                3,
                                settings.text("database-password")))
                        : Optional.empty()));
    }

    List<Route> of(ServiceSettings settings, Role role) {
        List<Route> routes = new ArrayList<>();
        if (role == Role.READ || role == Role.ALL) {
            Duration cost = settings.duration("read-cost");
            routes.add(new Route(
                    Methods.GET,
                    "/photos/(\\d{1,18})",
                    cost,
                    (exchange, path) -> send(exchange, photo(path).originalKey())));
            routes.add(new Route(
                    Methods.GET,
                    "/photos/(\\d{1,18})/thumbnail",
                    cost,
                    (exchange, path) -> send(exchange, photo(path).thumbnailKey())));
        }
        if (role == Role.WRITE || role == Role.ALL) {
            routes.add(new Route(Methods.POST, "/photos", settings.duration("photo-cost"), this::post));
        }
        return routes;
    }

    /** Makes thumbnails from now on, each of which takes its time of the virtual CPU. */
    PhotoWorker worker(VirtualCpu cpu, Duration cost) {
        return new PhotoWorker(queue, store, () -> {
            OptionalLong nanos = cpu.admit(cost);
            return nanos.isPresent() ? nanos.getAsLong() : cost.toNanos();
        });
    }

    private static Photo photo(Matcher path) {
        return Photo.of(Long.parseLong(path.group(1)));
    }

    private void send(HttpServerExchange exchange, String key) {
        try {
            Optional<byte[]> object = store.get(key);
            if (object.isEmpty()) {
                Answers.text(exchange, StatusCodes.NOT_FOUND, "there is no " + key);
                return;
            }
            exchange.getResponseHeaders()
                    .put(Headers.CONTENT_TYPE, Thumbnail.mediaType(object.get()).orElse("application/octet-stream"));
            exchange.getResponseSender().send(ByteBuffer.wrap(object.get()));
        } catch (IOException e) {
            Answers.text(exchange, StatusCodes.SERVICE_UNAVAILABLE, "the object store does not answer");
        }
    }

    /** Answers once the photo is stored and its job is on the queue: then nothing that happens to this instance loses it. */
    private void post(HttpServerExchange exchange, Matcher path) throws IOException {
        exchange.startBlocking();
        byte[] body = exchange.getInputStream().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
            Answers.text(exchange, StatusCodes.REQUEST_ENTITY_TOO_LARGE, "a photo has at most " + LARGEST + " bytes");
            return;
        }
        Optional<String> mediaType = Thumbnail.mediaType(body);
        if (mediaType.isEmpty()) {
            Answers.text(exchange, StatusCodes.UNSUPPORTED_MEDIA_TYPE, "a photo is a JPEG or a PNG");
            return;
        }
        try {
            Photo photo = Photo.of(number());
            store.put(photo.originalKey(), mediaType.get(), body);
            queue.send(photo.job());
            exchange.getResponseHeaders().put(Headers.LOCATION, "/photos/" + photo.name());
            Answers.json(exchange, StatusCodes.CREATED, "{\"id\":" + photo.name() + "}");
        } catch (SQLException e) {
            Answers.text(exchange, StatusCodes.SERVICE_UNAVAILABLE, "the database cannot be written");
        } catch (IOException e) {
            Answers.text(
                    exchange, StatusCodes.SERVICE_UNAVAILABLE, "the object store or the queue does not take the photo");
        }
    }

    /** A new row of the photos, in the users' database. */
    private long number() throws SQLException {
        return numbers.orElseThrow().lend(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO photos () VALUES ()", PreparedStatement.RETURN_GENERATED_KEYS)) {
                insert.executeUpdate();
                try (ResultSet keys = insert.getGeneratedKeys()) {
                    if (!keys.next()) {
                        throw new SQLException("the database gave no id for a new photo");
                    }
                    return keys.getLong(1);
                }
            }
        });
    }

    @Override
    public void close() {
        numbers.ifPresent(ConnectionPool::close);
    }
}
