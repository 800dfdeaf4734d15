package dev.prodstack.bench;

import dev.prodstack.core.compose.ComposeFile;
import dev.prodstack.core.lint.Finding;
import dev.prodstack.core.lint.Linter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Reading and validating a stack of 500 services in a file of 1 MB, from the file to the records. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 3)
public class ReadStackBenchmark {
    private static final int SERVICES = 500;

    private Path file = Path.of("");

    /** Prepares; what is read is written in {@link #write}. */
    public ReadStackBenchmark() {}

    /** Writes the file. */
    @Setup(Level.Trial)
    public void write() throws IOException {
        file = Files.createTempFile("large-stack", ".yml");
        Files.writeString(file, LargeStack.ofServices(SERVICES));
    }

    /** Removes the file. */
    @TearDown(Level.Trial)
    public void remove() throws IOException {
        Files.delete(file);
    }

    /** Reads and validates the file. */
    @Benchmark
    public ComposeFile read() {
        return ComposeFile.load(file);
    }

    /** Reads and validates the file, and holds it against the lint rules. */
    @Benchmark
    public List<Finding> readAndLint() {
        return Linter.check(ComposeFile.load(file));
    }
}
