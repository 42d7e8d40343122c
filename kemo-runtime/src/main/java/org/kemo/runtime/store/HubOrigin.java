package org.kemo.runtime.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.kemo.api.KemoException;
import org.kemo.runtime.checksum.Sha256;
import org.kemo.runtime.files.WholeFolder;
import org.kemo.runtime.store.HubListing.Entry;
import org.kemo.runtime.store.download.Download;
import org.kemo.runtime.store.download.Room;
import org.kemo.runtime.store.download.Web;

/** Repositories of a model hub: from the cache that other programs have filled, else over the network. */
final class HubOrigin implements Origin<ModelReference.Hub> {
    private final Web web;
    private final HubSettings settings;
    private final HubFiles hubFiles;
    private final HubCache cache;
    private final HubListing listing;

    HubOrigin(Web web, HubSettings settings, HubFiles hubFiles) {
        this.web = web;
        this.settings = settings;
        this.hubFiles = hubFiles;
        this.cache = new HubCache(settings.cache(), hubFiles);
        this.listing = new HubListing(web, settings);
    }

    @Override
    public Fetched fetch(ModelReference.Hub reference, Request request) {
        ModelReference.Hub meant = request.revision().map(reference::at).orElse(reference);
        HubCache.Found found = cache.find(meant);
        if (found.snapshot().isPresent()) {
            Path snapshot = found.snapshot().get();
            String commit = snapshot.getFileName().toString();
            Optional<Boolean> whole = isWhole(reference, commit, snapshot, request.progress());
            if (whole.orElse(true)) {
                take(snapshot, request);
                return new Fetched(request.folder(), commit, whole.isPresent());
            }
        }
        if (settings.offline()) {
            throw KemoException.plugin(
                    "The model [" + reference.text() + "] is not on this machine: " + found.problem()
                            + ". HF_HUB_OFFLINE forbids to fetch it.",
                    "Unset it and run kemo models pull " + reference.text() + ", or name a folder with [file:PATH].");
        }
        String commit = request.revision().orElseGet(() -> listing.commit(reference));
        fetch(reference, commit, listing.files(meant, commit), request);
        return new Fetched(request.folder(), commit, true);
    }

    /**
     * Whether a folder has all that is read of what the hub lists: another program fetches what that one reads.
     *
     * @param commit that the files are of
     * @return empty where the hub cannot be asked, which is noted
     */
    Optional<Boolean> isWhole(ModelReference.Hub reference, String commit, Path folder, FetchProgress progress) {
        Optional<Map<String, Entry>> listed = listed(reference, commit);
        if (listed.isEmpty()) {
            progress.note("The files of [" + reference.text() + "] in [" + folder
                    + "] were not compared with the hub's list and may be a part only; to be sure, run kemo models pull "
                    + reference.text() + " where the hub can be asked.");
        }
        return listed.map(all -> {
            List<String> chosen = chosen(reference, all.keySet(), () -> HubFiles.configuration(folder));
            return HubCache.has(folder, entries(reference, all, HubFiles.withData(chosen, folder)));
        });
    }

    private Optional<Map<String, Entry>> listed(ModelReference.Hub reference, String commit) {
        try {
            return settings.offline() ? Optional.empty() : Optional.of(listing.files(reference, commit));
        } catch (KemoException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            // What is there serves without a network.
            return Optional.empty();
        }
    }

    /** Takes the files that are chosen and checked, and leaves all others that another program has fetched. */
    private void take(Path snapshot, Request request) {
        List<String> names = cache.read(snapshot);
        request.pins().checkNames(names);
        for (String name : names) {
            HubCache.check(name, snapshot.resolve(name), request.pins());
        }
        try {
            HubCache.take(names, snapshot, request.folder());
        } catch (IOException e) {
            throw Room.unwritable(request.folder(), e);
        }
    }

    private List<String> chosen(ModelReference.Hub reference, Set<String> all, Supplier<String> configuration) {
        return hubFiles.among(all, configuration)
                .orElseThrow(
                        () -> KemoException.plugin(
                                "The model [" + reference.text()
                                        + "] has no weights that Kemo reads: neither [model.safetensors] nor [onnx/model.onnx].",
                                "Name a revision that has them, for example one of the hub's own conversions [@refs/pr/NUMBER]."));
    }

    private static List<Entry> entries(ModelReference.Hub reference, Map<String, Entry> all, List<String> names) {
        return names.stream()
                .map(name -> Optional.ofNullable(all.get(name))
                        .orElseThrow(() -> KemoException.plugin(
                                "The ONNX model of [" + reference.text() + "] keeps weights in [" + name
                                        + "], which the hub does not have.",
                                "Name a revision that has this file, or a folder with another export as [file:PATH].")))
                .toList();
    }

    private void fetch(ModelReference.Hub reference, String commit, Map<String, Entry> all, Request request) {
        List<String> chosen =
                chosen(reference, all.keySet(), () -> listing.text(reference, commit, HubFiles.CONFIGURATION));
        HubFiles.lack(chosen).ifPresent(lack -> request.progress()
                .note("The model [" + reference.text() + "] lacks " + lack
                        + ": no encoder of texts can use it as it comes."));
        removeOthers(all.keySet(), request.folder());
        if (HubFiles.haveOnnx(chosen)) {
            // It alone says what it keeps elsewhere.
            fetch(reference, commit, entries(reference, all, chosen), request);
        }
        List<String> names = HubFiles.withData(chosen, request.folder());
        request.pins().checkNames(names);
        fetch(reference, commit, entries(reference, all, names), request);
    }

    /** Fetches files, but those that have come. */
    private void fetch(ModelReference.Hub reference, String commit, List<Entry> wanted, Request request) {
        Set<String> there = request.pins().seen().keySet();
        List<Entry> files =
                wanted.stream().filter(entry -> !there.contains(entry.path())).toList();
        if (files.isEmpty()) {
            return;
        }
        for (Entry entry : files) {
            entry.sha256()
                    .ifPresent(sum -> request.pins().checkAnnounced(entry.path(), new FileSum(entry.bytes(), sum)));
        }
        long total = files.stream().mapToLong(Entry::bytes).sum();
        long fetched = files.stream()
                .mapToLong(entry -> Math.min(
                        entry.bytes(), Download.fetched(request.folder().resolve(entry.path()))))
                .sum();
        Room.check(request.folder(), total - fetched, reference.text());
        request.progress().begins("Fetching " + reference.text(), total);
        long done = 0;
        for (Entry entry : files) {
            fetch(reference, commit, entry, done, request);
            done += entry.bytes();
        }
    }

    /** What an earlier attempt has fetched may be of another commit, and takes the room of this one. */
    private static void removeOthers(Set<String> names, Path folder) {
        try {
            WholeFolder.retain(
                    folder,
                    file -> names.contains(Download.fileOf(file).toString().replace('\\', '/')));
        } catch (IOException e) {
            throw Room.unwritable(folder, e);
        }
    }

    private void fetch(ModelReference.Hub reference, String commit, Entry entry, long done, Request request) {
        Path file = request.folder().resolve(entry.path());
        Optional<FileSum> announced = entry.sha256().map(sum -> new FileSum(entry.bytes(), sum));
        try {
            Files.createDirectories(file.getParent());
            if (!isThere(file, entry, announced)) {
                Files.deleteIfExists(file);
                new Download(
                                web,
                                listing.file(reference, commit, entry.path()),
                                file,
                                OptionalLong.of(entry.bytes()),
                                reached -> request.progress().reached(done + reached))
                        .run();
            }
            request.pins().check(entry.path(), file, announced);
            if (announced.isEmpty() && !HubCache.gitSum(file).equals(entry.gitSum())) {
                throw KemoException.plugin(
                        "The file [" + entry.path() + "] of [" + reference.text()
                                + "] is not the one that the hub lists.",
                        "It was damaged on the way. Ask again.");
            }
        } catch (KemoException e) {
            Download.discard(file);
            throw e;
        } catch (IOException e) {
            throw Room.unwritable(file, e);
        }
    }

    /** What an earlier attempt has fetched to its end. */
    private static boolean isThere(Path file, Entry entry, Optional<FileSum> announced) throws IOException {
        // Not a link: an attempt that was killed had found the cache.
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) != entry.bytes()) {
            return false;
        }
        return announced.isPresent()
                ? Sha256.of(file).equals(announced.get().sha256())
                : HubCache.gitSum(file).equals(entry.gitSum());
    }
}
