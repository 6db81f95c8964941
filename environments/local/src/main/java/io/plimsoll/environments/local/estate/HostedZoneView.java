package io.plimsoll.environments.local.estate;

import java.util.List;

/**
 * A hosted zone of the name service.
 *
 * @param id such as {@code Z0123456789ABCDEFGHIJ}
 * @param name absolute name, ending in a dot
 * @param recordSets its record sets, SOA and NS among them, sorted by name and type
 */
public record HostedZoneView(String id, String name, List<RecordSetView> recordSets) {
    public HostedZoneView {
        recordSets = List.copyOf(recordSets);
    }
}
