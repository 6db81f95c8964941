package io.plimsoll.environments.aws;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * AWS over real HTTP, on loopback: requests are taken apart and answers written in the wire formats that AWS documents, with
 * nothing of the SDK. An operation that no test answers has nothing to tell. The clock in its answers can be apart.
 */
final class WireAws implements AutoCloseable {
    private static final Pattern SCOPE = Pattern.compile("Credential=[^/]+/\\d+/([^/]+)/([^/]+)/aws4_request");
    private static final Pattern DATE = Pattern.compile("\\d{8}T\\d{6}Z");

    /** How far a signature's time may be from the service's clock (Signature Version 4, "elements of a request"). */
    private static final Duration SIGNATURES_HOLD = Duration.ofMinutes(5);

    private final ServerSocket socket;
    private final Clock clock;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final Map<String, Function<Call, Reply>> answers = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile Function<Call, Optional<Reply>> fault = call -> Optional.empty();
    private volatile Duration skew = Duration.ZERO;
    private volatile boolean checksSignatures;
    private volatile String further = "";

    /**
     * A request.
     *
     * @param service as in the credential scope, such as {@code monitoring}
     * @param region as in the credential scope
     * @param operation such as {@code GetMetricData}; the path, where the protocol has no name of an operation
     * @param form what was asked, of the protocols that send forms
     * @param signed when it was signed, as it says; empty if it does not
     */
    record Call(String service, String region, String operation, SortedMap<String, String> form, String signed) {
        Call {
            form = Collections.unmodifiableSortedMap(new TreeMap<>(form));
        }

        String parameter(String name) {
            return form.getOrDefault(name, "");
        }

        /** Values of a list, such as {@code Filter.1.Value}. */
        List<String> list(String prefix) {
            return form.entrySet().stream()
                    .filter(entry -> entry.getKey().matches(Pattern.quote(prefix) + "\\.\\d+"))
                    .map(Map.Entry::getValue)
                    .toList();
        }
    }

    /** An answer; of status 0, the connection is closed without one. */
    record Reply(int status, String body) {
        static final Reply NONE = new Reply(0, "");

        static Reply ok(String body) {
            return new Reply(200, body);
        }
    }

    WireAws(Clock clock) {
        this.clock = clock;
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        workers.execute(this::accept);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** Answers an operation, such as {@code monitoring:GetMetricData}. */
    void on(String operation, Function<Call, Reply> answer) {
        answers.put(operation, answer);
    }

    /** What goes wrong; an empty result is none. */
    void fault(Function<Call, Optional<Reply>> fault) {
        this.fault = fault;
    }

    /** Sets the clock of the answers apart; and signatures are checked against it, as AWS does. */
    void skew(Duration apart) {
        skew = apart;
        checksSignatures = true;
    }

    /** Adds a header to every answer. */
    void header(String name, String value) {
        further = name + ": " + value + "\r\n";
    }

    List<Call> calls(String operation) {
        return calls.stream()
                .filter(call -> operation.equals(call.service() + ":" + call.operation()))
                .toList();
    }

    /** An error as the Query protocol words it (and CloudFront, Route 53). */
    static Reply error(int status, String code, String message) {
        return new Reply(
                status,
                "<ErrorResponse xmlns=\"http://webservices.amazon.com/\"><Error><Type>Sender</Type><Code>" + code
                        + "</Code><Message>" + message
                        + "</Message></Error><RequestId>7a62c49f</RequestId></ErrorResponse>");
    }

    /** The error in the words of the call's own protocol. */
    static Reply error(Call call, int status, String code, String message) {
        return switch (call.service()) {
            case "ec2" ->
                new Reply(
                        status,
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Errors><Error><Code>" + code
                                + "</Code><Message>" + message + "</Message></Error></Errors><RequestID>7a62c49f"
                                + "</RequestID></Response>");
            case "logs", "cloudtrail", "tagging", "dynamodb", "sqs", "lambda" ->
                new Reply(status, "{\"__type\":\"" + code + "\",\"message\":\"" + message + "\"}");
            default -> error(status, code, message);
        };
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                workers.execute(() -> serve(connection));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket connection) {
        try (connection;
                InputStream in = new BufferedInputStream(connection.getInputStream())) {
            String first = line(in);
            if (first.isEmpty()) {
                return;
            }
            SortedMap<String, String> headers = new TreeMap<>();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            if (!headers.containsKey("authorization")) {
                connection.getOutputStream().write(written(new Reply(404, ""))); // the service, not AWS
                return;
            }
            Call call = call(first, headers, body);
            calls.add(call);
            Reply reply = staleSignature(call).or(() -> fault.apply(call)).orElseGet(() -> answer(call));
            if (reply.status() > 0) {
                connection.getOutputStream().write(written(reply));
            }
        } catch (IOException e) {
            return; // the client has gone
        }
    }

    private Reply answer(Call call) {
        Function<Call, Reply> answer = answers.get(call.service() + ":" + call.operation());
        if (answer != null) {
            return answer.apply(call);
        }
        return Reply.ok(
                switch (call.service()) {
                    case "logs", "cloudtrail", "tagging", "dynamodb", "sqs", "lambda" -> "{}";
                    case "cloudfront", "route53", "s3" -> "<Nothing/>";
                    case "ec2" -> "<" + call.operation() + "Response/>";
                    default ->
                        "<" + call.operation() + "Response><" + call.operation() + "Result/></" + call.operation()
                                + "Response>";
                });
    }

    private Optional<Reply> staleSignature(Call call) {
        if (!checksSignatures) {
            return Optional.empty();
        }
        Duration apart = Duration.between(
                        DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssX").parse(call.signed(), java.time.Instant::from),
                        clock.instant().plus(skew))
                .abs();
        return apart.compareTo(SIGNATURES_HOLD) > 0
                ? Optional.of(error(call, 403, "SignatureDoesNotMatch", "Signature expired: " + call.signed()))
                : Optional.empty();
    }

    private byte[] written(Reply reply) {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                clock.instant().plus(skew).atOffset(ZoneOffset.UTC));
        byte[] head = ("HTTP/1.1 " + reply.status() + " Answer\r\nDate: " + date + "\r\nContent-Type: text/xml\r\n"
                        + "Connection: close\r\n" + further + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head);
        all.writeBytes(body);
        return all.toByteArray();
    }

    private static Call call(String first, Map<String, String> headers, String body) {
        Matcher scope = SCOPE.matcher(headers.getOrDefault("authorization", ""));
        if (!scope.find()) {
            throw new IllegalStateException("not signed: " + first);
        }
        SortedMap<String, String> form = new TreeMap<>();
        if (headers.getOrDefault("content-type", "").startsWith("application/x-www-form-urlencoded")) {
            for (String pair : body.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                form.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
            }
        }
        String target = headers.getOrDefault("x-amz-target", "");
        String path = first.split(" ", -1)[1];
        String operation = form.getOrDefault("Action", target.isEmpty() ? path : target.replaceFirst(".*\\.", ""));
        String signed = headers.getOrDefault("x-amz-date", "");
        if (!DATE.matcher(signed).matches()) {
            throw new IllegalStateException("no time of signature: " + first);
        }
        return new Call(scope.group(2), scope.group(1), operation, form, signed);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        workers.shutdownNow();
    }
}
