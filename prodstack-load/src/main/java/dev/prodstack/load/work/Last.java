package dev.prodstack.load.work;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The last program of a load, which removes what the others left. */
final class Last {
    private Last() {}

    /** Runs it. That it fails hides no figure: what it was to remove goes by itself, or by the next check. */
    static void of(Map<String, String> environment, List<String> command) {
        boolean interrupted = Thread.interrupted();
        try {
            new Programs(environment).run(command);
        } catch (IOException e) {
            return;
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
