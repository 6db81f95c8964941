package io.plimsoll.environments.aws.descriptor;

import io.plimsoll.environments.aws.descriptor.View.Product;
import io.plimsoll.results.document.Document.Node;
import io.plimsoll.results.document.Suggestion;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The entries of {@code probe.views}. */
final class ViewsSection {
    /** What each product needs besides its address and token, and what it must look like. */
    private static final Map<Product, Map<String, String>> NEEDED = Map.of(
            Product.SPLUNK, Map.of("search", "[^|]{1,500}"),
            Product.NEW_RELIC, Map.of("account", "\\d{1,12}", "from", "[A-Za-z][A-Za-z0-9_]{0,100}"),
            Product.PAGERDUTY, Map.of("service", "[A-Za-z0-9]{1,40}"),
            Product.SENTRY, Map.of("organization", "[a-z0-9-]{1,100}", "project", "[a-z0-9_-]{1,100}"));

    /** Where products are that have one address for all. */
    private static final Map<Product, String> ADDRESSES = Map.of(
            Product.NEW_RELIC, "https://api.newrelic.com",
            Product.PAGERDUTY, "https://api.pagerduty.com",
            Product.SENTRY, "https://sentry.io");

    private ViewsSection() {}

    static List<View> read(Node views) {
        List<View> all = new ArrayList<>();
        views.mapping().forEach((name, node) -> all.add(view(name, node)));
        return List.copyOf(all);
    }

    private static View view(String name, Node node) {
        Product product = Arrays.stream(Product.values())
                .filter(candidate -> candidate.word().equals(name))
                .findFirst()
                .orElseThrow(() -> node.error(Suggestion.unknown(
                        "view",
                        name,
                        Arrays.stream(Product.values()).map(Product::word).toList())));
        Map<String, String> needed = NEEDED.getOrDefault(product, Map.of());
        List<String> keys = new ArrayList<>(List.of("url", "token-from"));
        keys.addAll(needed.keySet());
        node.allowOnly(keys.toArray(String[]::new));
        SortedMap<String, String> settings = new TreeMap<>();
        needed.forEach((key, form) -> {
            Node value = node.required(key);
            if (!value.text().matches(form)) {
                throw value.error("must match " + form);
            }
            settings.put(key, value.text());
        });
        Node token = node.required("token-from");
        if (!token.text().matches("[A-Z][A-Z0-9_]{0,100}")) {
            throw token.error("must be the name of an environment variable such as 'SPLUNK_TOKEN', not a token");
        }
        return new View(product, url(product, node), token.text(), settings);
    }

    /** A token is sent there: so it must be HTTPS, but on this machine. */
    private static URI url(Product product, Node node) {
        String otherwise = ADDRESSES.get(product);
        if (otherwise != null && node.optional("url").isEmpty()) {
            return URI.create(otherwise);
        }
        Node written = node.required("url");
        if (!written.text().matches("https?://[A-Za-z0-9.-]+(:\\d+)?")) {
            throw written.error("must be a URL such as 'https://splunk.example.com:8089'");
        }
        URI url = URI.create(written.text());
        if (url.getScheme().equals("http") && !Hosts.isLoopback(Hosts.of(url))) {
            throw written.error("must be https, since a token is sent there");
        }
        return url;
    }
}
