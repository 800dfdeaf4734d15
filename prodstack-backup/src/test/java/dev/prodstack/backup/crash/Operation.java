package dev.prodstack.backup.crash;

import dev.prodstack.backup.Backup;
import dev.prodstack.backup.Copy;
import dev.prodstack.backup.Forget;
import dev.prodstack.backup.Prune;
import dev.prodstack.backup.RepairIndex;
import dev.prodstack.backup.forget.ForgetPlan;
import dev.prodstack.backup.forget.ForgetPolicy;
import dev.prodstack.backup.forget.Period;
import dev.prodstack.backup.prune.Allowance;
import dev.prodstack.backup.prune.PruneRules;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.source.DirectorySource;
import dev.prodstack.backup.storage.DirectoryStorage;
import dev.prodstack.backup.storage.Storage;
import dev.prodstack.core.value.ByteSize;
import java.io.IOException;
import java.nio.file.Path;

/** What is interrupted. */
enum Operation {
    BACKUP {
        @Override
        void run(Repository repository, Scene scene) throws IOException, InterruptedException {
            Backup.of(DirectorySource.at(scene.source())).to(repository);
        }
    },
    FORGET {
        @Override
        void run(Repository repository, Scene scene) throws IOException {
            ForgetPlan plan =
                    Forget.by(ForgetPolicy.NONE.keep(Period.LAST, Scene.KEPT)).plan(repository);
            Forget.perform(repository, plan);
        }
    },
    PRUNE {
        @Override
        void run(Repository repository, Scene scene) throws IOException, InterruptedException {
            Prune.by(PruneRules.STANDARD.allowing(new Allowance.Size(new ByteSize(0))))
                    .of(repository);
        }
    },
    /** From the repository that is not interrupted. */
    COPY {
        @Override
        void run(Repository repository, Scene scene) throws IOException, InterruptedException {
            try (Repository near = Repository.open(storage(scene.near()), Scene.PASSWORD)) {
                Copy.from(near).to(repository);
            }
        }
    },
    REPAIR_INDEX {
        @Override
        void run(Repository repository, Scene scene) throws IOException, InterruptedException {
            RepairIndex.THOROUGH.of(repository);
        }
    };

    abstract void run(Repository repository, Scene scene) throws IOException, InterruptedException;

    private static Storage storage(Path path) {
        return DirectoryStorage.at(path);
    }
}
