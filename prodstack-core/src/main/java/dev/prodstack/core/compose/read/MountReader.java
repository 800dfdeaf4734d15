package dev.prodstack.core.compose.read;

import dev.prodstack.core.stack.Mount;
import dev.prodstack.core.value.ByteSize;
import dev.prodstack.core.value.FileMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what is mounted into a service's containers. */
final class MountReader {
    private static final String VOLUME = "volume";
    private static final String BIND = "bind";
    private static final String TMPFS = "tmpfs";
    private static final String IMAGE = "image";
    private static final List<String> TYPES = List.of(BIND, VOLUME, TMPFS, "cluster", "npipe", IMAGE);
    private static final List<String> SECTIONS = List.of(BIND, VOLUME, TMPFS, IMAGE);

    /** On Linux, on Windows, or once Swarm has put its templates in. */
    private static final Pattern ABSOLUTE = Pattern.compile("/|\\\\|[a-zA-Z]:|\\{\\{");

    private final Fields service;

    MountReader(Fields service) {
        this.service = service;
    }

    List<Mount> mounts() {
        List<Mount> mounts = new ArrayList<>(service.items("volumes", MountReader::mount));
        mounts.addAll(service.items(TMPFS, MountReader::memory));
        return mounts;
    }

    private static Optional<Mount> mount(Place place) {
        Fields fields = place.fields();
        Optional<String> type =
                fields.required("type", "write type: volume, bind or tmpfs").flatMap(value -> value.choice(TYPES));
        Optional<String> target = fields.required("target", "say where in the container it is mounted")
                .flatMap(MountReader::target);
        boolean readOnly = fields.flag("read_only");
        Optional<String> source = fields.get("source").flatMap(Place::word);
        fields.get("consistency").ifPresent(Place::string);
        if (type.isEmpty() || target.isEmpty()) {
            return Optional.empty();
        }
        if (source.isEmpty() && !type.get().equals(VOLUME) && !type.get().equals(TMPFS)) {
            place.problem("a mount of type " + type.get() + " needs a source", "add source:");
        }
        Mount mount = switch (type.get()) {
            case BIND -> host(fields.section(BIND), source.orElse(""), target.get(), readOnly);
            case TMPFS -> memory(fields.section(TMPFS), target.get(), readOnly);
            case IMAGE -> image(fields.section(IMAGE), source.orElse(""), target.get(), readOnly);
            case "cluster" -> new Mount.OfCluster(source.orElse(""), target.get(), readOnly);
            case "npipe" -> new Mount.OfPipe(source.orElse(""), target.get(), readOnly);
            default -> volume(fields.section(VOLUME), source, target.get(), readOnly);
        };
        for (String section : SECTIONS) {
            if (!section.equals(type.get())) {
                fields.get(section)
                        .ifPresent(other -> other.problem(
                                "\"" + section + "\" does not go with a mount of type " + type.get(), "remove it"));
            }
        }
        fields.end();
        return Optional.of(mount);
    }

    private static Optional<String> target(Place place) {
        return place.word()
                .flatMap(path -> ABSOLUTE.matcher(path).lookingAt()
                        ? Optional.of(path)
                        : place.wrong("an absolute path in the container, such as /var/lib/data", ""));
    }

    private static Mount volume(Fields fields, Optional<String> source, String target, boolean readOnly) {
        Mount mount = new Mount.OfVolume(
                source, target, readOnly, fields.flag("nocopy"), fields.string("subpath"), fields.texts("labels"));
        fields.end();
        return mount;
    }

    private static Mount host(Fields fields, String source, String target, boolean readOnly) {
        Mount mount = new Mount.OfHost(
                source,
                target,
                readOnly,
                fields.get("propagation")
                        .flatMap(value ->
                                value.choice(List.of("rprivate", "private", "rshared", "shared", "rslave", "slave"))),
                fields.bool("create_host_path"),
                fields.get("recursive")
                        .flatMap(value -> value.choice(List.of("enabled", "disabled", "writable", "readonly"))),
                fields.get("selinux").flatMap(value -> value.choice(List.of("z", "Z"))));
        fields.end();
        return mount;
    }

    private static Mount memory(Fields fields, String target, boolean readOnly) {
        Mount mount = new Mount.OfMemory(
                target,
                readOnly,
                fields.parsed("size", ByteSize::parse).filter(MountReader::isLimit),
                fields.get("mode").flatMap(ServiceReader::mode));
        fields.end();
        return mount;
    }

    /** A size of 0 is no limit. */
    private static boolean isLimit(ByteSize size) {
        return size.bytes() > 0;
    }

    private static Mount image(Fields fields, String source, String target, boolean readOnly) {
        Mount mount = new Mount.OfImage(source, target, readOnly, fields.string("subpath"));
        fields.end();
        return mount;
    }

    /** The short syntax of a service's {@code tmpfs}: {@code /run} or {@code /run:size=64m,mode=1770,ro}. */
    private static Optional<Mount> memory(Place place) {
        return place.parsed(text -> {
            int colon = text.indexOf(':');
            String target = colon < 0 ? text : text.substring(0, colon);
            Optional<ByteSize> size = Optional.empty();
            Optional<FileMode> mode = Optional.empty();
            boolean readOnly = false;
            if (!ABSOLUTE.matcher(target).lookingAt()) {
                throw new IllegalArgumentException("expected an absolute path such as /run or /run:size=64m");
            }
            for (String option :
                    colon < 0 ? new String[0] : text.substring(colon + 1).split(",", -1)) {
                String value = option.substring(option.indexOf('=') + 1);
                if (option.startsWith("size=")) {
                    size = Optional.of(ByteSize.parse(value)).filter(MountReader::isLimit);
                } else if (option.startsWith("mode=")) {
                    mode = Optional.of(FileMode.parseOctal(value));
                } else if (option.equals("ro") || option.equals("rw")) {
                    readOnly = option.equals("ro");
                } else {
                    throw new IllegalArgumentException(
                            "expected size=, mode=, ro or rw behind the path, which is all that Swarm can set, not \""
                                    + option + "\"");
                }
            }
            return new Mount.OfMemory(target, readOnly, size, mode);
        });
    }
}
