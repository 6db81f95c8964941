package io.plimsoll.results.run;

import java.nio.ByteOrder;

/**
 * Where {@code simulation.log} came from.
 *
 * @param byteOrder byte order of the machine that wrote it, {@code BIG_ENDIAN} or {@code LITTLE_ENDIAN}
 */
record LogOrigin(String byteOrder) {
    LogOrigin {
        if (!byteOrder.equals("BIG_ENDIAN") && !byteOrder.equals("LITTLE_ENDIAN")) {
            throw new IllegalArgumentException(
                    "byte order must be BIG_ENDIAN or LITTLE_ENDIAN, was '" + byteOrder + "'");
        }
    }

    ByteOrder order() {
        return byteOrder.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }
}
