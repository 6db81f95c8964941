package io.plimsoll.environments.local.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicationStatusTest {
    private static ReplicationStatus status(String receiving, String applying, int receiveError, int applyError) {
        return ReplicationStatus.of(Map.of(
                "Slave_IO_Running",
                receiving,
                "Slave_SQL_Running",
                applying,
                "Last_IO_Errno",
                Integer.toString(receiveError),
                "Last_SQL_Errno",
                Integer.toString(applyError)));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # receiving, applying, receive error, apply error, broken
            Yes,         Yes,      0,             0,           false
            Yes,         No,       0,             0,           false
            Connecting,  No,       2003,          0,           false
            Yes,         No,       0,             1062,        true
            Connecting,  No,       2003,          1062,        true
            """)
    void onlyAnErrorOfApplyingBreaksAFollowerNotAHandThatStopsIt(
            String receiving, String applying, int receiveError, int applyError, boolean broken) {
        assertThat(status(receiving, applying, receiveError, applyError).isBroken())
                .isEqualTo(broken);
    }

    @Test
    void aServerThatFollowsNobodyIsNotBroken() {
        assertThat(ReplicationStatus.of(Map.of()).isBroken()).isFalse();
    }
}
