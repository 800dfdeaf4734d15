package dev.prodstack.backup.restore;

import dev.prodstack.backup.blob.BlobKind;
import dev.prodstack.backup.blob.ContentId;
import dev.prodstack.backup.index.BlobPlace;
import dev.prodstack.backup.parallel.Workers;
import dev.prodstack.backup.progress.Meter;
import dev.prodstack.backup.repository.Repository;
import dev.prodstack.backup.restore.PackWork.Use;
import dev.prodstack.backup.restore.RestorePlan.HardLink;
import dev.prodstack.backup.tree.NodeKind;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** Performs a plan. */
final class Restorer implements PackWork.Receiver {
    private static final int MOST_HANDLES = 200;

    private final Repository repository;
    private final RestorePlan plan;
    private final Lacks lacks;
    private final Meter meter;
    private final Commands commands;
    private final Metadata metadata;
    private final Semaphore handles = new Semaphore(MOST_HANDLES);
    private final Set<Item> lost = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    /** Pipes, devices and odd links, which get their metadata once commands have made them. */
    private final List<Item> made = new ArrayList<>();

    private final AtomicLong restored = new AtomicLong();
    private final AtomicLong unchanged = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    Restorer(Repository repository, RestorePlan plan, Lacks lacks, Meter meter) {
        this.repository = repository;
        this.plan = plan;
        this.lacks = lacks;
        this.meter = meter;
        this.commands = new Commands(lacks);
        this.metadata = new Metadata(lacks, commands);
    }

    RestoreReport run() throws IOException, InterruptedException {
        plan.lacks.forEach(lacks::add);
        plan.directories.forEach(this::directory);
        List<Item> right = alreadyRight();
        right.forEach(item -> {
            unchanged.incrementAndGet();
            metadata.apply(item, item.path());
        });
        Set<Item> done = Collections.newSetFromMap(new IdentityHashMap<>());
        done.addAll(right);
        List<Item> wanted = plan.files.stream()
                .filter(item -> item.written() && !done.contains(item))
                .toList();
        meter.expect(
                wanted.size() + plan.hardLinks.size() + plan.others.size(),
                wanted.stream().mapToLong(item -> item.node().size()).sum());
        Workers.forEach(works(wanted), work -> work.run(repository, this));
        plan.hardLinks.forEach(this::hardLink);
        for (Item item : plan.others) {
            other(item);
        }
        commands.run();
        for (Item item : made) {
            if (Files.exists(item.path(), LinkOption.NOFOLLOW_LINKS)) {
                metadata.apply(item, item.path());
                restored.incrementAndGet();
                meter.add(1, 0);
            }
        }
        commands.run();
        for (int i = plan.directories.size() - 1; i >= 0; i--) {
            Item item = plan.directories.get(i);
            if (!lost.contains(item)) {
                metadata.apply(item, item.path());
            }
        }
        commands.run();
        return new RestoreReport(
                restored.get(), unchanged.get(), plan.count(Action.KEEP), bytes.get(), lacks.all(), meter.now());
    }

    /** The files that were written, for looking at them again. */
    List<Item> writtenFiles() {
        return plan.files.stream()
                .filter(item -> item.written() && !lost.contains(item))
                .toList();
    }

    private void directory(Item item) {
        try {
            if (item.action() == Action.REPLACE) {
                Files.delete(item.path());
            }
            if (item.action() != Action.UNCHANGED) {
                Files.createDirectory(
                        item.path(),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            lost.add(item);
            lacks.content(item, "is a directory that cannot be made: " + Lacks.words(e));
        }
    }

    /** The files whose content is right, by the plan or by looking at it. */
    private List<Item> alreadyRight() throws IOException, InterruptedException {
        List<Item> right = Collections.synchronizedList(new ArrayList<>());
        List<Item> candidates = new ArrayList<>();
        for (Item item : plan.files) {
            if (item.action() == Action.UNCHANGED) {
                right.add(item);
            } else if (item.action() == Action.REPLACE) {
                candidates.add(item);
            }
        }
        Workers.forEach(candidates, item -> {
            try {
                if (Content.matches(repository.index(), item.path(), item)) {
                    right.add(item);
                }
            } catch (FileSystemException e) {
                // It cannot be read, so it is written.
            }
        });
        return right;
    }

    private List<PackWork> works(List<Item> files) {
        Map<ContentId, PackWork> works = new LinkedHashMap<>();
        for (Item item : files) {
            List<BlobPlace> places = new ArrayList<>();
            for (ContentId chunk : item.node().content().orElseThrow()) {
                Optional<BlobPlace> place = repository.index().place(BlobKind.DATA, chunk);
                if (place.isEmpty()) {
                    lose(item, "is lost: its piece " + chunk + " is in no pack that the index names");
                    break;
                }
                places.add(place.get());
            }
            if (!lost.contains(item)) {
                plan(works, item, places);
            }
        }
        return List.copyOf(works.values());
    }

    private void plan(Map<ContentId, PackWork> works, Item item, List<BlobPlace> places) {
        long size =
                places.stream().mapToLong(place -> place.blob().plainLength()).sum();
        RestoredFile file = new RestoredFile(item, places.size(), size, handles);
        if (places.isEmpty()) {
            try {
                file.makeEmpty();
                place(file);
            } catch (IOException e) {
                give(file, "is not restored: " + Lacks.words(e));
            }
            return;
        }
        long offset = 0;
        for (BlobPlace place : places) {
            works.computeIfAbsent(place.pack(), PackWork::new).add(new Use(place.blob(), file, offset));
            offset += place.blob().plainLength();
        }
    }

    @Override
    public void piece(Use use, byte[] content, int length) {
        try {
            boolean whole = use.file().write(content, length, use.offset());
            bytes.addAndGet(length);
            meter.add(0, length);
            if (whole) {
                place(use.file());
            }
        } catch (IOException e) {
            give(use.file(), "is not restored: " + Lacks.words(e));
        }
    }

    @Override
    public void lost(Use use, IOException why) {
        give(use.file(), "is lost: " + why.getMessage());
    }

    private void place(RestoredFile file) throws IOException {
        metadata.apply(file.item(), file.beside());
        file.place();
        restored.incrementAndGet();
        meter.add(1, 0);
    }

    private void give(RestoredFile file, String reason) {
        if (file.fail()) {
            lose(file.item(), reason);
        }
    }

    private void lose(Item item, String reason) {
        if (lost.add(item)) {
            lacks.content(item, reason);
        }
    }

    private void hardLink(HardLink link) {
        Item item = link.item();
        try {
            if (lost.contains(link.first())) {
                lose(item, "is lost, as is " + link.first().shown() + ", of which it is another name");
                return;
            }
            if (item.action() != Action.CREATE
                    && Files.isSameFile(item.path(), link.first().path())) {
                unchanged.incrementAndGet();
                return;
            }
            replace(item, beside -> Files.createLink(beside, link.first().path()));
        } catch (IOException e) {
            lose(item, "is another name of " + link.first().shown() + ", which cannot be made: " + Lacks.words(e));
        }
    }

    private interface Making {
        void at(Path path) throws IOException;
    }

    /** Makes something beside its place, and moves it there. */
    private void replace(Item item, Making making) throws IOException {
        Path beside = new RestoredFile(item, 0, 0, handles).beside();
        Files.deleteIfExists(beside);
        try {
            making.at(beside);
            if (Files.isDirectory(item.path(), LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(item.path());
            }
            Files.move(beside, item.path(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
        restored.incrementAndGet();
        meter.add(1, 0);
    }

    private void other(Item item) {
        if (item.action() == Action.UNCHANGED) {
            unchanged.incrementAndGet();
            metadata.apply(item, item.path());
        }
        if (!item.written()) {
            return;
        }
        try {
            if (item.node().kind() == NodeKind.SYMLINK) {
                symlink(item);
                return;
            }
            Files.deleteIfExists(item.path());
            commands.make(item);
            made.add(item);
        } catch (IOException e) {
            lose(item, "is not restored: " + Lacks.words(e));
        }
    }

    private void symlink(Item item) throws IOException {
        if (item.node().target().isEmpty()) {
            lose(item, "is a symbolic link without target");
            return;
        }
        Optional<Path> target = RawPath.target(item.node().target().get());
        if (target.isPresent()) {
            replace(item, beside -> {
                Files.createSymbolicLink(beside, target.get());
                metadata.apply(item, beside);
            });
        } else {
            Files.deleteIfExists(item.path());
            commands.link(item);
            made.add(item);
        }
    }
}
