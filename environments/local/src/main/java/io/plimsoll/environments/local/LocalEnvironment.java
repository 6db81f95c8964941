package io.plimsoll.environments.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.environments.local.binaries.MissingBinaryException;
import io.plimsoll.environments.local.binaries.UserCache;
import io.plimsoll.environments.local.descriptor.StackDescriptor;
import io.plimsoll.environments.local.descriptor.StackDescriptorReader;
import io.plimsoll.environments.local.estate.Truth;
import io.plimsoll.environments.local.parts.Kinds;
import io.plimsoll.environments.local.process.ProcessException;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.results.document.DocumentException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The stack's process. It tells its progress on standard error and, once it is up, writes one line to standard output:
 * {@code READY} and a JSON object with {@code baseUrl}, {@code awsEndpoint}, {@code controlUrl}, {@code controlToken},
 * {@code pids}, {@code startSeconds} and what its parts announce, such as {@code loadBalancer}, {@code database} and
 * {@code cache}. It ends when its standard
 * input does, on SIGTERM, or on {@code POST <controlUrl>/stop}.
 *
 * <p>Exit codes: 0 stopped as asked, 64 the command line or the environment file is wrong or a server binary is missing,
 * 70 something did not come up.
 */
public final class LocalEnvironment {
    private static final int USAGE = 64;
    private static final int FAILED = 70;
    private static final Logger ROOT_LOG = Logger.getLogger("");
    private static final PrintStream OUT = System.out;
    private static final PrintStream ERR = System.err;

    private LocalEnvironment() {}

    public static void main(String[] arguments) {
        int code = run(List.of(arguments));
        OUT.flush();
        Runtime.getRuntime().exit(code);
    }

    private static int run(List<String> arguments) {
        ROOT_LOG.setLevel(Level.WARNING);
        long begin = System.nanoTime();
        try {
            StackOptions options = StackOptions.parse(arguments);
            StackDescriptor descriptor = StackDescriptorReader.read(options.document(), options.stage(), Kinds.ALL);
            CountDownLatch end = new CountDownLatch(1);
            endWithStandardInput(end);
            return serve(descriptor, end, begin);
        } catch (DocumentException | MissingBinaryException e) {
            ERR.println(e.getMessage());
            return USAGE;
        } catch (ProcessException | UncheckedIOException e) {
            ERR.println("the stack could not be started: " + e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private static int serve(StackDescriptor descriptor, CountDownLatch end, long beginNanos)
            throws InterruptedException {
        try (Stack stack = Stack.start(descriptor, UserCache.ofUser(), ERR::println)) {
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "shutdown"));
            AtomicInteger code = new AtomicInteger();
            stack.site().guardian().onLoss(() -> {
                ERR.println("the guardian process was killed: nothing would clean up after the stack");
                code.set(FAILED);
                end.countDown();
            });
            try (ControlChannel control = new ControlChannel(
                    stack.site().disturbances(), () -> stack.estate().all(Truth.class), end::countDown)) {
                OUT.println("READY " + ready(stack, control, (System.nanoTime() - beginNanos) / 1e9));
                OUT.flush();
                end.await();
                ERR.println("stopping");
                return code.get();
            }
        }
    }

    private static void endWithStandardInput(CountDownLatch end) {
        Thread reader = new Thread(
                () -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        ERR.println("standard input: " + e.getMessage());
                    }
                    end.countDown();
                },
                "stdin");
        reader.setDaemon(true);
        reader.start();
    }

    private static String ready(Stack stack, ControlChannel control, double startSeconds) {
        Map<String, Object> ready = stack.site().announced();
        ready.put("controlUrl", control.url());
        ready.put("controlToken", control.token());
        ready.put("pids", pids(stack));
        ready.put("startSeconds", Math.round(startSeconds * 1000) / 1000.0);
        try {
            return new ObjectMapper().writeValueAsString(ready);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a map of text and numbers is always JSON", e);
        }
    }

    /** Processes by what they are: the stack, its guardian, each server by its id and each instance by its. */
    private static Map<String, Long> pids(Stack stack) {
        Map<String, Long> pids = new LinkedHashMap<>();
        pids.put("stack", ProcessHandle.current().pid());
        pids.put("guardian", stack.site().guardian().pid());
        for (Part part : stack.site().parts()) {
            part.processes().forEach((name, process) -> pids.put(name, process.pid()));
        }
        return pids;
    }
}
