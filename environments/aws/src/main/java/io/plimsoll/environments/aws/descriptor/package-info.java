/**
 * Environment descriptors: what is deployed, where load may go, how the stack is observed. {@link
 * io.plimsoll.environments.aws.descriptor.EnvironmentFiles} finds a descriptor by name, {@link
 * io.plimsoll.environments.aws.descriptor.EnvironmentFile} reads it strictly, and {@link
 * io.plimsoll.environments.aws.descriptor.LoadPermission} says whether a planned load is allowed there.
 *
 * <pre>{@code
 * Environment environment = EnvironmentFiles.named(Path.of("environments"), "staging");
 * Deployed deployed = environment.deployed();
 * List<String> violations = environment.permission().check(deployed.baseUrl(), plan);
 * }</pre>
 */
@NullMarked
package io.plimsoll.environments.aws.descriptor;

import org.jspecify.annotations.NullMarked;
