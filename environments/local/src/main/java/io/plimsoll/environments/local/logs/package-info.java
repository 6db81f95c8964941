/**
 * What the stack's parts say: log groups of log streams of lines, as CloudWatch Logs keeps them, bounded in number.
 */
@NullMarked
package io.plimsoll.environments.local.logs;

import org.jspecify.annotations.NullMarked;
