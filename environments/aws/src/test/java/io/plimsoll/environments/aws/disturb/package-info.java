@NullMarked
package io.plimsoll.environments.aws.disturb;

import org.jspecify.annotations.NullMarked;
