package io.plimsoll.environments.local.cache;

import io.plimsoll.environments.local.process.ChildProcess;
import io.plimsoll.environments.local.process.Guardian;
import io.plimsoll.environments.local.process.LoopbackPorts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** A running Redis server. Safe for several threads; commands run one after the other. */
public final class CacheServer {
    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    private final String id;
    private final int port;
    private final String password;
    private final ChildProcess process;
    private final Instant started = Instant.now();
    private String version = "";
    private @Nullable Jedis connection;

    private CacheServer(String id, int port, String password, ChildProcess process) {
        this.id = id;
        this.port = port;
        this.password = password;
        this.process = process;
    }

    /**
     * Starts a server and returns once it answers.
     *
     * @param id cache cluster id
     * @param maxMemoryBytes beyond this the least recently used keys are evicted
     */
    public static CacheServer start(Guardian guardian, Path binary, String id, long maxMemoryBytes, String password) {
        return LoopbackPorts.startOnFreePort(port -> {
            ChildProcess process =
                    ChildProcess.start(guardian, id, List.of(binary.toString(), "-"), ChildProcess.Output.LOG);
            // The configuration goes through standard input, as everyone may read a command line. It ends with the
            // input.
            process.sendAll(configuration(port, maxMemoryBytes, password));
            CacheServer server = new CacheServer(id, port, password, process);
            process.awaitUp(server::answers, START_LIMIT);
            return server;
        });
    }

    private static String configuration(int port, long maxMemoryBytes, String password) {
        return """
                bind %s
                port %d
                requirepass %s
                maxmemory %d
                maxmemory-policy allkeys-lru
                save ""
                appendonly no
                """.formatted(LoopbackPorts.ADDRESS, port, password, maxMemoryBytes);
    }

    private boolean answers() {
        try {
            version = info().getOrDefault("redis_version", "");
            return true;
        } catch (JedisException e) {
            return false;
        }
    }

    /** Cache cluster id. */
    public String id() {
        return id;
    }

    public int port() {
        return port;
    }

    /** Version as the server says it, such as {@code 6.2.11}. */
    public String version() {
        return version;
    }

    public Instant started() {
        return started;
    }

    public ChildProcess process() {
        return process;
    }

    /**
     * Redis' {@code INFO} by field.
     *
     * @throws JedisException if it does not answer within 1 s
     */
    public Map<String, String> info() {
        Map<String, String> fields = new HashMap<>();
        ask(Jedis::info).lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        return fields;
    }

    /**
     * Removes every key that matches a pattern.
     *
     * @param pattern of Redis' glob style
     * @throws JedisException if it does not answer within 1 s
     */
    public void flush(String pattern) {
        ScanParams matching = new ScanParams().match(pattern).count(1_000);
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            String from = cursor;
            ScanResult<String> page = ask(redis -> redis.scan(from, matching));
            if (!page.getResult().isEmpty()) {
                ask(redis -> redis.unlink(page.getResult().toArray(String[]::new)));
            }
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    }

    /** Has it run a script that takes some tens of milliseconds of its one thread. */
    public void compute() {
        ask(redis -> redis.eval("local x = 0 for i = 1, 2000000 do x = x + i end return x"));
    }

    private synchronized <T> T ask(Function<Jedis, T> command) {
        Jedis current = connection;
        try {
            if (current == null) {
                current = new Jedis(
                        new HostAndPort(LoopbackPorts.ADDRESS, port),
                        DefaultJedisClientConfig.builder()
                                .password(password)
                                .timeoutMillis(1_000)
                                .build());
                connection = current;
            }
            return command.apply(current);
        } catch (JedisException e) {
            connection = null;
            if (current != null) {
                current.close();
            }
            throw e;
        }
    }
}
