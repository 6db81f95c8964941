@NullMarked
package io.plimsoll.environments.aws;

import org.jspecify.annotations.NullMarked;
