@NullMarked
package io.plimsoll.environments.aws.descriptor;

import org.jspecify.annotations.NullMarked;
