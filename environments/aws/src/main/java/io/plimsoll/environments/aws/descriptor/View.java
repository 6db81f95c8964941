package io.plimsoll.environments.aws.descriptor;

import java.net.URI;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A product that watches the stack and is asked whether it saw a fault; an entry of {@code probe.views} of a descriptor.
 *
 * @param product which
 * @param url where its HTTP API is
 * @param tokenVariable name of the environment variable that holds the token; never the token itself
 * @param settings what the product needs besides, by key
 */
public record View(Product product, URI url, String tokenVariable, SortedMap<String, String> settings) {
    /** Products that can be asked. */
    public enum Product {
        /** Log search of Splunk Enterprise or Cloud. */
        SPLUNK,
        /** Events of New Relic. */
        NEW_RELIC,
        /** Incidents of PagerDuty. */
        PAGERDUTY,
        /** Error reports of Sentry. */
        SENTRY;

        /** Its name in files and metrics. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    public View {
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }

    /** A setting that its product needs. */
    public String setting(String key) {
        String value = settings.get(key);
        if (value == null) {
            throw new IllegalArgumentException("view " + product.word() + ": has no '" + key + "'");
        }
        return value;
    }
}
