/**
 * Reading the YAML files that users edit, strictly: every key is known, every value has its type and range, and an
 * error names the file, the line, the key, the rule and the value.
 *
 * <pre>{@code
 * Document.Node root = Document.read(Path.of("environments/local.yaml"));
 * root.allowOnly("environment", "settle");
 * String name = root.required("environment").text();
 * Duration settle = root.optional("settle").map(Document.Node::duration).orElse(Duration.ofSeconds(30));
 * }</pre>
 */
@NullMarked
package io.plimsoll.results.document;

import org.jspecify.annotations.NullMarked;
