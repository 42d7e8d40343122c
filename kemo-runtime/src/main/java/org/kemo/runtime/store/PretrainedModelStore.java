package org.kemo.runtime.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kemo.api.KemoException;
import org.kemo.api.service.ModelStore;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.checksum.Sha256;
import org.kemo.runtime.files.FolderLock;
import org.kemo.runtime.files.WholeFolder;
import org.kemo.runtime.store.ModelReference.Remote;
import org.kemo.runtime.store.Origin.Fetched;
import org.kemo.runtime.store.download.Room;

/**
 * Pretrained models: those of this machine where they lie, all others in one folder, fetched when they are first asked for.
 *
 * <pre>
 * hf/OWNER/NAME/REVISION/         config.json, model.safetensors, ... as the hub names them; links where the hub's cache has them
 * mvn/GROUP/ARTIFACT/VERSION/     the same, made by a {@link ModelImporter}, or the artifact
 * web/SUM OF THE ADDRESS/         the file, or what an importer made of it
 *   .kemo-model                   {@link StoredModel}: where it came from, SHA-256 and size of every file
 * .partial/SUM OF THE PLACE/      what is being fetched
 * .locks/SUM OF THE PLACE         who fetches it
 * </pre>
 *
 * <p>A slash of a revision becomes {@code ~}, and an artifact with a classifier or an extension lies in {@code
 * VERSION~CLASSIFIER~EXTENSION}: two references have two folders.
 *
 * <p>A model is gathered aside and moved, so what stands in its place is whole, and a process that dies leaves what it has fetched to
 * the next one. A branch or tag of a hub is looked up once and stays what it was, also where its files are fetched anew. Safe for use by
 * several threads and processes at once.
 */
public final class PretrainedModelStore implements ModelStore {
    private static final String PARTIAL = ".partial";
    private static final String LOCKS = ".locks";

    private final StoreSettings settings;
    private final FetchProgress progress;
    private final HubOrigin hub;
    private final MavenOrigin maven;
    private final WebOrigin web;

    /** Whose origin could not be asked for a comparison: it is not asked again at each encoder, which may wait long for nothing. */
    private final Set<Remote> uncompared = ConcurrentHashMap.newKeySet();

    /**
     * A store.
     *
     * @param progress of what is fetched
     */
    public PretrainedModelStore(StoreSettings settings, FetchProgress progress) {
        this.settings = settings;
        this.progress = progress;
        this.hub = new HubOrigin(settings.web(), settings.hub(), new HubFiles(settings.modelTypes()));
        this.maven = new MavenOrigin(settings.maven());
        this.web = new WebOrigin(settings.web());
    }

    /** {@inheritDoc} */
    @Override
    public Path resolve(String reference) {
        ModelReference meant = settings.known().meaning(reference);
        return meant instanceof Remote remote ? resolve(remote) : onThisMachine((ModelReference.File) meant);
    }

    private Path resolve(Remote meant) {
        Path place = place(meant);
        if (!StoredModel.isAt(place)) {
            return fetch(meant, place, false).path();
        }
        StoredModel stored = StoredModel.read(place);
        for (KemoException problem : problems(meant, stored, settings.sums())) {
            throw problem;
        }
        return compared(meant, gathered(meant, stored)).path();
    }

    /** What an earlier version left in the hub's cache, beside all else that other programs have put there, is linked here. */
    private StoredModel gathered(Remote meant, StoredModel stored) {
        if (!stored.isElsewhere()) {
            return stored;
        }
        FolderLock alone = lock(meant);
        try {
            StoredModel now = StoredModel.read(stored.folder());
            if (!now.isElsewhere()) {
                return now;
            }
            HubCache.take(now.files().keySet(), now.path(), now.folder());
            StoredModel gathered = now.whenHere();
            gathered.write();
            return gathered;
        } catch (IOException e) {
            throw Room.unwritable(stored.folder(), e);
        } finally {
            alone.close();
        }
    }

    /** One that was found while its origin could not be asked is compared by the next process that can ask, or when it is pulled. */
    private StoredModel compared(Remote meant, StoredModel stored) {
        if (stored.compared()
                || settings.hub().offline()
                || uncompared.contains(meant)
                || !(meant instanceof ModelReference.Hub repository)) {
            return stored;
        }
        Optional<Boolean> whole = hub.isWhole(repository, stored.revision(), stored.path(), progress);
        if (whole.isEmpty()) {
            uncompared.add(meant);
            return stored;
        }
        if (!whole.get()) {
            return fetch(meant, stored.folder(), true);
        }
        StoredModel compared = stored.whenCompared();
        try {
            compared.write();
            return compared;
        } catch (IOException e) {
            // The next one compares again.
            return stored;
        }
    }

    /**
     * Fetches a model where it is not there or no longer what it was; one of this machine's own files has to be there.
     *
     * @param reference or a short name
     * @return how it stands then
     * @throws KemoException category PLUGIN, where it cannot be had
     */
    public ModelState pull(String reference) {
        ModelReference meant = settings.known().meaning(reference);
        return meant instanceof Remote remote ? pull(remote) : here((ModelReference.File) meant);
    }

    private ModelState pull(Remote meant) {
        uncompared.remove(meant);
        Path place = place(meant);
        ModelState before = state(meant, settings.sums());
        return switch (before.word()) {
            case PRESENT ->
                state(meant, compared(meant, gathered(meant, before.stored().orElseThrow())), List.of());
            case ABSENT -> state(meant, fetch(meant, place, false), List.of());
            case DAMAGED -> state(meant, fetch(meant, place, true), List.of());
        };
    }

    /** The models with short names in their order, then the other ones that are stored. Sums are not computed. */
    public List<ModelState> list() {
        return states(Optional.empty());
    }

    /**
     * As {@link #list} without the models of this machine, which have no sums, and with every file of every stored model read to its end;
     * what is damaged is known to be from then on.
     */
    public List<ModelState> verify() {
        return states(Optional.of(settings.sums().anew()));
    }

    /**
     * As {@link #verify()}, of one model by its reference or short name.
     *
     * @throws KemoException category PLUGIN, where it was not fetched
     */
    public ModelState verify(String reference) {
        if (!(settings.known().meaning(reference) instanceof Remote meant)) {
            throw KemoException.plugin(
                    "The model [" + reference + "] was not fetched: there are no sums to verify it by.",
                    "Name one that was fetched, or none for all.");
        }
        ModelState state = state(meant, settings.sums().anew());
        if (state.word() == ModelState.Word.ABSENT) {
            throw KemoException.plugin(
                    "The model [" + reference + "] is not on this machine.",
                    "Fetch it with kemo models pull " + reference + ".");
        }
        return state;
    }

    private List<ModelState> states(Optional<FileSums> sums) {
        List<ModelReference> references = new ArrayList<>();
        settings.known().models().values().stream()
                .map(model -> ModelReference.parse(model.reference()))
                .filter(reference -> sums.isEmpty() || reference instanceof Remote)
                .forEach(references::add);
        List<ModelState> unreadable = new ArrayList<>();
        for (Path place : places()) {
            try {
                Remote stored = StoredModel.read(place).remote();
                if (!references.contains(stored)) {
                    references.add(stored);
                }
            } catch (KemoException e) {
                unreadable.add(new ModelState(
                        Optional.empty(),
                        settings.folder().relativize(place).toString(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(e)));
            }
        }
        return Stream.concat(references.stream().map(reference -> state(reference, sums)), unreadable.stream())
                .toList();
    }

    private ModelState state(ModelReference reference, Optional<FileSums> sums) {
        if (reference instanceof Remote remote) {
            return sums.map(each -> state(remote, each)).orElseGet(() -> stateAtAGlance(remote));
        }
        try {
            return here((ModelReference.File) reference);
        } catch (KemoException e) {
            return absent(reference, List.of());
        }
    }

    private ModelState here(ModelReference.File file) {
        ModelState absent = absent(file, List.of());
        return new ModelState(
                absent.name(),
                absent.reference(),
                absent.known(),
                Optional.of(onThisMachine(file)),
                Optional.empty(),
                List.of());
    }

    private List<Path> places() {
        List<Path> places = new ArrayList<>();
        for (String kind : List.of("hf", "mvn", "web")) {
            Path folder = settings.folder().resolve(kind);
            if (Files.isDirectory(folder)) {
                try (Stream<Path> found = Files.walk(folder)) {
                    found.filter(file -> file.endsWith(StoredModel.RECORD))
                            .map(Path::getParent)
                            .sorted()
                            .forEach(places::add);
                } catch (IOException | UncheckedIOException e) {
                    throw KemoException.plugin(
                                    "The folder of models [" + folder + "] cannot be read: [" + e + "].",
                                    "Check its permissions.")
                            .causedBy(e);
                }
            }
        }
        return places;
    }

    private ModelState stateAtAGlance(Remote reference) {
        Path place = place(reference);
        try {
            return StoredModel.isAt(place)
                    ? atAGlance(reference, StoredModel.read(place))
                    : absent(reference, List.of());
        } catch (KemoException e) {
            return absent(reference, List.of(e));
        }
    }

    private ModelState atAGlance(Remote reference, StoredModel stored) {
        return state(
                reference, stored, stored.problemsAtAGlance(settings.known().pins(reference)));
    }

    private ModelState state(Remote reference, FileSums sums) {
        ModelState glance = stateAtAGlance(reference);
        return glance.stored()
                .map(stored -> state(reference, stored, problems(reference, stored, sums)))
                .orElse(glance);
    }

    private ModelState absent(ModelReference reference, List<KemoException> problems) {
        Optional<Map.Entry<String, KnownModel>> known = settings.known().entry(reference);
        return new ModelState(
                known.map(Map.Entry::getKey),
                reference.text(),
                known.map(Map.Entry::getValue),
                Optional.empty(),
                Optional.empty(),
                problems);
    }

    private ModelState state(Remote reference, StoredModel stored, List<KemoException> problems) {
        ModelState absent = absent(reference, problems);
        return new ModelState(
                absent.name(),
                absent.reference(),
                absent.known(),
                Optional.of(stored.path()),
                Optional.of(stored),
                problems);
    }

    private List<KemoException> problems(Remote reference, StoredModel stored, FileSums sums) {
        return stored.problems(settings.known().pins(reference), sums);
    }

    private Path onThisMachine(ModelReference.File file) {
        try {
            return settings.base().resolve(file.path()).toRealPath();
        } catch (IOException | InvalidPathException e) {
            throw KemoException.plugin(
                            "The model [" + file.text() + "] is not there.",
                            "Check the path; where it is relative, it begins at [" + settings.base() + "].")
                    .causedBy(e);
        }
    }

    private Path place(Remote reference) {
        return settings.folder().resolve(reference.place());
    }

    /**
     * Fetches.
     *
     * @param anew whether what stands there makes way when the new one has come, where nobody else has mended it meanwhile
     */
    private StoredModel fetch(Remote reference, Path place, boolean anew) {
        Path aside = settings.folder().resolve(PARTIAL).resolve(Sha256.of(reference.place()));
        FolderLock alone = lock(reference);
        try {
            if (StoredModel.isAt(place) && (!anew || isMended(reference))) {
                return StoredModel.read(place);
            }
            Files.createDirectories(aside);
            Pins pins = new Pins(reference, settings.known().pins(reference));
            Fetched fetched = fetch(reference, new Origin.Request(aside, recorded(reference), pins, progress));
            settle(reference, aside, fetched, pins).write();
            Files.createDirectories(place.getParent());
            // What is damaged makes way, and what has no record, such as a folder that was copied here by halves.
            WholeFolder.remove(place);
            Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
            if (!fetched.compared()) {
                uncompared.add(reference);
            }
            return StoredModel.read(place);
        } catch (IOException e) {
            throw Room.unwritable(place, e);
        } finally {
            removeWhereEmpty(aside);
            alone.close();
            progress.ends();
        }
    }

    /** What was refused before anything came leaves nothing. */
    private static void removeWhereEmpty(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // The next attempt goes on with what is in it.
        }
    }

    private FolderLock lock(Remote reference) {
        Path file = settings.folder().resolve(LOCKS).resolve(Sha256.of(reference.place()));
        try {
            return FolderLock.of(
                    file,
                    () -> progress.note("Another process fetches [" + reference.text() + "]; this one waits for it."));
        } catch (IOException e) {
            throw Room.unwritable(file, e);
        }
    }

    /** What a branch or tag stays when its files are fetched anew, unless it was pinned as something else since. */
    private Optional<String> recorded(Remote reference) {
        return stateAtAGlance(reference)
                .stored()
                .filter(stored -> stored.fits(settings.known().pins(reference)))
                .map(StoredModel::revision)
                .filter(revision -> !revision.isEmpty());
    }

    private boolean isMended(Remote reference) {
        ModelState now = state(reference, settings.sums());
        return now.problems().isEmpty()
                && now.stored().filter(StoredModel::compared).isPresent();
    }

    private Fetched fetch(Remote reference, Origin.Request request) {
        if (reference instanceof ModelReference.Hub repository) {
            return hub.fetch(repository, request);
        }
        if (reference instanceof ModelReference.Maven artifact) {
            return maven.fetch(artifact, request);
        }
        return web.fetch((ModelReference.Address) reference, request);
    }

    /** Brings what was fetched into the form that it is kept in. */
    private StoredModel settle(Remote reference, Path aside, Fetched fetched, Pins pins) throws IOException {
        Path at = fetched.at();
        if (Files.isDirectory(at)) {
            SortedMap<String, FileSum> files = new TreeMap<>(pins.seen());
            Set<Path> kept = files.keySet().stream().map(Path::of).collect(Collectors.toSet());
            // Parts of files, and what an earlier attempt has fetched.
            WholeFolder.retain(aside, kept::contains);
            return new StoredModel(
                    aside, reference.text(), fetched.revision(), StoredModel.HERE, fetched.compared(), Map.of(), files);
        }
        Optional<ModelImporter> importer =
                settings.importers().stream().filter(each -> each.reads(at)).findFirst();
        Path content = aside.resolve("content");
        WholeFolder.remove(content);
        Files.createDirectory(content);
        boolean own = at.startsWith(aside);
        if (importer.isPresent()) {
            convert(importer.get(), at, own, content);
        } else if (own) {
            Files.move(at, content.resolve(at.getFileName()));
        } else {
            Room.check(content, Files.size(at), at.getFileName().toString());
            Files.copy(at, content.resolve(at.getFileName()));
        }
        String named = importer.isPresent() ? "content" : "content/" + at.getFileName();
        SortedMap<String, FileSum> files = importer.isPresent() ? sums(content) : new TreeMap<>(pins.seen());
        removeAllBut(content, aside);
        return new StoredModel(
                aside, reference.text(), fetched.revision(), named, fetched.compared(), pins.seen(), files);
    }

    /**
     * What an importer leaves behind where it fails may be as large as the model. What it refuses is not kept for the next attempt.
     *
     * @param own whether the file was fetched for this alone
     */
    private void convert(ModelImporter importer, Path file, boolean own, Path content) throws IOException {
        try {
            importer.convert(file, content, progress);
        } catch (KemoException e) {
            WholeFolder.remove(content);
            if (own && !Room.isWanting(e)) {
                Files.delete(file);
            }
            throw e;
        }
    }

    private static SortedMap<String, FileSum> sums(Path content) throws IOException {
        SortedMap<String, FileSum> sums = new TreeMap<>();
        try (Stream<Path> files = Files.walk(content)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sums.put(content.relativize(file).toString(), FileSum.of(file));
            }
        }
        return sums;
    }

    private static void removeAllBut(Path kept, Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path each : all.filter(path -> !path.equals(kept)).toList()) {
                WholeFolder.remove(each);
            }
        }
    }
}
