package io.plimsoll.environments.local.service;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;

/**
 * Timelines of users, in the users' own database and denormalised: a row for each item of a user, with its beginning, so
 * that one read by key gives a page and no shard is asked. {@code POST /timeline/{user}} stores an item and adds it,
 * {@code GET /timeline/{user}} gives the newest 20.
 */
final class TimelineRoutes implements AutoCloseable {
    private static final int PAGE = 20;
    private static final int EXCERPT = 64;
    private static final String USER = "/timeline/(\\d{1,18})";

    private final Items items;
    private final ConnectionPool writer;
    private final ConnectionPool reader;

    TimelineRoutes(Items items, ServiceSettings settings) {
        this.items = items;
        String password = settings.text("database-password");
        int primary = settings.port("primary-port").orElseThrow();
        this.writer = ConnectionPool.of("users", primary, 2, password);
        this.reader = ConnectionPool.of(
                "users-read",
                settings.ports("replica-ports").stream().findFirst().orElse(primary),
                2,
                password);
    }

    List<Route> of(Role role, ServiceSettings settings) {
        List<Route> routes = new ArrayList<>();
        if (role != Role.WRITE) {
            routes.add(new Route(Methods.GET, USER, settings.duration("read-cost"), this::get));
        }
        if (role != Role.READ) {
            routes.add(new Route(Methods.POST, USER, settings.duration("write-cost"), this::post));
        }
        return routes;
    }

    private void get(HttpServerExchange exchange, Matcher path) {
        try {
            List<String> page = reader.lend(connection -> page(connection, Long.parseLong(path.group(1))));
            Answers.json(exchange, StatusCodes.OK, "{\"items\":[" + String.join(",", page) + "]}");
        } catch (SQLException e) {
            Answers.text(exchange, StatusCodes.SERVICE_UNAVAILABLE, "the users' database cannot be read");
        }
    }

    private static List<String> page(Connection connection, long user) throws SQLException {
        List<String> page = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT item, excerpt FROM timeline WHERE user = ? ORDER BY item DESC LIMIT " + PAGE)) {
            select.setLong(1, user);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    page.add("{\"id\":" + rows.getLong(1) + ",\"excerpt\":\""
                            + HexFormat.of().formatHex(rows.getBytes(2)) + "\"}");
                }
            }
        }
        return page;
    }

    private void post(HttpServerExchange exchange, Matcher path) throws IOException {
        exchange.startBlocking();
        byte[] body = exchange.getInputStream().readNBytes(ItemRoutes.LARGEST_BODY + 1);
        if (body.length == 0 || body.length > ItemRoutes.LARGEST_BODY) {
            Answers.text(exchange, StatusCodes.BAD_REQUEST, "an item has 1 to " + ItemRoutes.LARGEST_BODY + " bytes");
            return;
        }
        try {
            long id = items.insert(body);
            long user = Long.parseLong(path.group(1));
            byte[] excerpt = Arrays.copyOf(body, Math.min(body.length, EXCERPT));
            writer.lend(connection -> add(connection, user, id, excerpt));
            Answers.json(exchange, StatusCodes.CREATED, "{\"id\":" + id + "}");
        } catch (SQLException e) {
            Answers.text(exchange, StatusCodes.SERVICE_UNAVAILABLE, "the database cannot be written");
        }
    }

    private static int add(Connection connection, long user, long item, byte[] excerpt) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO timeline (user, item, excerpt) VALUES (?, ?, ?)")) {
            insert.setLong(1, user);
            insert.setLong(2, item);
            insert.setBytes(3, excerpt);
            return insert.executeUpdate();
        }
    }

    @Override
    public void close() {
        writer.close();
        reader.close();
    }
}
