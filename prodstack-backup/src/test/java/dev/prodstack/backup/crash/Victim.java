package dev.prodstack.backup.crash;

import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.storage.DirectoryStorage;
import java.nio.file.Path;
import java.util.Map;

/** A program that does one operation, to be killed meanwhile. */
public final class Victim {
    private Victim() {}

    /** The operation, the repository, the source and the repository to copy from. */
    @SuppressWarnings("SystemOut") // its parent reads when it begins and ends
    public static void main(String[] arguments) throws Exception {
        Operation operation = Operation.valueOf(arguments[0]);
        Path repository = Path.of(arguments[1]);
        Scene scene = new Scene(Path.of(arguments[2]), repository, Path.of(arguments[3]), Map.of());
        try (Repository opened = Repository.open(DirectoryStorage.at(repository), Scene.PASSWORD)) {
            System.out.println("begin");
            operation.run(opened, scene);
            System.out.println("end");
        }
    }
}
