package io.plimsoll.environments.local.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Commands of Java programs that are a part of the stack: small, soon up, on this program's class path. */
public final class JavaProgram {
    private JavaProgram() {}

    /**
     * The command of a program.
     *
     * @param main its class
     * @param unwanted what is found in those entries of the class path, with slashes, that it does not need
     * @param options further options of the virtual machine, such as bounds of its memory
     */
    public static List<String> command(Class<?> main, Pattern unwanted, List<String> options) {
        String classPath = Stream.of(
                        System.getProperty("java.class.path", "").split(Pattern.quote(File.pathSeparator), -1))
                .filter(entry -> !entry.isBlank()
                        && !unwanted.matcher(entry.replace('\\', '/')).find())
                // The program runs in another directory.
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        return command(classPath, main, options);
    }

    /**
     * The command of a program with a class path of its own.
     *
     * @param classPath its entries, absolute
     * @param main its class
     * @param options further options of the virtual machine; they override those given here
     */
    public static List<String> command(String classPath, Class<?> main, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                // Class data archives stay where they were made for, so that their pages are shared by all processes;
                // at a random address (the default) each process patches a copy of its own: 18 MB an instance.
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0",
                "-Xss512k"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        return command;
    }
}
