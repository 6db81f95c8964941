package io.plimsoll.simulations.plan;

import io.plimsoll.results.document.Document;
import io.plimsoll.results.document.DocumentException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * One request of a traffic mix.
 *
 * @param name how SLOs name it
 * @param method HTTP method, in capitals
 * @param path path, with values, from the address on
 * @param address which of the environment's addresses it goes to, such as {@code service} or {@code cdn}
 * @param headers header values by name
 * @param body text that it sends, with values; empty for none
 * @param picture a JPEG that it sends; empty for none
 * @param expect statuses that are right, at least one
 * @param contains what a right response's body holds
 * @param saves values taken from a right response's body, by name: what the first group of the expression matched
 */
public record RequestSpec(
        String name,
        String method,
        Template path,
        String address,
        Map<String, Template> headers,
        Optional<Template> body,
        Optional<Picture> picture,
        List<Integer> expect,
        Optional<Template> contains,
        Map<String, String> saves) {
    /** The address that load goes to if a request names none. */
    public static final String SERVICE = "service";

    private static final Set<String> SECRET =
            Set.of("authorization", "proxy-authorization", "x-api-key", "x-auth-token", "x-amz-security-token");

    private static final List<String> METHODS = List.of("get", "head", "post", "put", "patch", "delete");
    private static final List<String> KEYS = Stream.concat(
                    METHODS.stream(),
                    Stream.of("at", "headers", "body", "body-size", "body-jpeg", "expect", "contains", "save"))
            .toList();
    private static final int LARGEST_BODY = 16 << 20;

    /**
     * A picture that is sent.
     *
     * @param size of it, in bytes
     */
    public record Picture(int size) {
        /** The JPEG, made anew at each call and always the same. */
        public byte[] bytes() {
            return JpegPicture.of(size);
        }
    }

    public RequestSpec {
        headers = Map.copyOf(headers);
        expect = List.copyOf(expect);
        saves = Map.copyOf(saves);
    }

    /** A copy of the mix goes into the evidence of each run, so a secret must not stand in it. */
    private static Template header(String name, Document.Node value) {
        Template template = new Template(value.text());
        if (SECRET.contains(name.toLowerCase(Locale.ROOT)) && template.names().isEmpty()) {
            // The value is not repeated: it would stand in the build's log.
            throw new DocumentException(value.place() + ": " + value.key()
                    + ": must take its secret from the environment, since this file is copied into the evidence of a run;"
                    + " write for instance 'Bearer {token}', and under values: {token: {env: MY_TOKEN}}");
        }
        return template;
    }

    /**
     * Reads a request that has a name.
     *
     * @param besides a key that its place adds to those of a request
     */
    static RequestSpec read(Document.Node item, String besides) {
        allowOnly(item, "name", besides);
        return of(item, item.required("name").text());
    }

    /**
     * Reads a request that has none, such as a probe's.
     *
     * @param called its name
     */
    public static RequestSpec unnamed(Document.Node item, String called) {
        allowOnly(item);
        return of(item, called);
    }

    private static void allowOnly(Document.Node item, String... besides) {
        item.allowOnly(Stream.concat(Stream.of(besides), KEYS.stream()).toArray(String[]::new));
    }

    private static RequestSpec of(Document.Node item, String called) {
        List<String> methods = METHODS.stream().filter(item.keys()::contains).toList();
        if (methods.size() != 1) {
            throw item.error("must have exactly one of " + String.join(", ", METHODS));
        }
        Document.Node path = item.required(methods.get(0));
        if (!path.text().startsWith("/")) {
            throw path.error("must be a path that begins with '/'");
        }
        Map<String, Template> headers = new LinkedHashMap<>();
        item.optional("headers")
                .map(Document.Node::mapping)
                .orElse(Map.of())
                .forEach((name, value) -> headers.put(name, header(name, value)));
        return new RequestSpec(
                called,
                methods.get(0).toUpperCase(Locale.ROOT),
                new Template(path.text()),
                item.optional("at").map(Document.Node::text).orElse(SERVICE),
                headers,
                body(item),
                picture(item),
                expect(item.required("expect")),
                item.optional("contains").map(Document.Node::text).map(Template::new),
                saves(item));
    }

    private static Optional<Template> body(Document.Node item) {
        Optional<Document.Node> size = item.optional("body-size");
        Optional<Document.Node> text = item.optional("body");
        if (size.isPresent() && text.isPresent()) {
            throw size.get().error("a request has either 'body' or 'body-size'");
        }
        return text.map(Document.Node::text)
                .or(() -> size.map(node -> "x".repeat(bytes(node))))
                .map(Template::new);
    }

    private static Optional<Picture> picture(Document.Node item) {
        Optional<Document.Node> size = item.optional("body-jpeg");
        if (size.isPresent()
                && (item.optional("body").isPresent()
                        || item.optional("body-size").isPresent())) {
            throw size.get().error("a request has one of 'body', 'body-size' and 'body-jpeg'");
        }
        return size.map(node -> {
            int bytes = bytes(node);
            if (bytes < JpegPicture.SMALLEST) {
                throw node.error("a picture has at least 1 KiB");
            }
            return new Picture(bytes);
        });
    }

    private static int bytes(Document.Node node) {
        String rule = "must be a size such as '64 B', '1 KiB' or '2 MiB', at most 16 MiB";
        if (!node.text().matches("[1-9][0-9]{0,6} (B|KiB|MiB)")) {
            throw node.error(rule);
        }
        String[] parts = node.text().split(" ", -1);
        long unit = parts[1].equals("B") ? 1 : parts[1].equals("KiB") ? 1024 : 1024 * 1024;
        long bytes = Long.parseLong(parts[0]) * unit;
        if (bytes > LARGEST_BODY) {
            throw node.error(rule);
        }
        return (int) bytes;
    }

    private static List<Integer> expect(Document.Node node) {
        List<Integer> statuses = new ArrayList<>();
        for (String status : node.text().split(" or ", -1)) {
            if (!status.matches("[1-5]\\d\\d")) {
                throw node.error("must be an HTTP status such as '200', or several such as '200 or 304'");
            }
            statuses.add(Integer.parseInt(status));
        }
        return statuses;
    }

    private static Map<String, String> saves(Document.Node item) {
        Map<String, String> saves = new LinkedHashMap<>();
        item.optional("save").map(Document.Node::mapping).orElse(Map.of()).forEach((name, node) -> {
            try {
                if (Pattern.compile(node.text()).matcher("").groupCount() != 1) {
                    throw node.error("must be a regular expression with one group");
                }
            } catch (PatternSyntaxException e) {
                throw node.error("must be a regular expression (" + e.getDescription() + ")");
            }
            saves.put(name, node.text());
        });
        return saves;
    }

    /** Names of the values it needs. */
    public Set<String> needs() {
        Set<String> names = new TreeSet<>(path.names());
        headers.values().forEach(header -> names.addAll(header.names()));
        body.ifPresent(text -> names.addAll(text.names()));
        contains.ifPresent(text -> names.addAll(text.names()));
        return names;
    }
}
