package org.kemo.runtime.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.kemo.runtime.store.download.Download;
import org.kemo.runtime.store.download.Room;
import org.kemo.runtime.store.download.Source;
import org.kemo.runtime.store.download.Web;

/** Single files from web addresses. */
final class WebOrigin implements Origin<ModelReference.Address> {
    private final Web web;

    WebOrigin(Web web) {
        this.web = web;
    }

    @Override
    public Fetched fetch(ModelReference.Address reference, Request request) {
        String name = reference.fileName();
        request.pins().checkNames(List.of(name));
        Path file = request.folder().resolve(name);
        Optional<FileSum> pin = request.pins().of(name);
        Source source = new Source(reference.uri(), name, Optional.empty());
        request.progress().begins("Fetching " + name, pin.map(FileSum::bytes).orElse(0L));
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw Room.unwritable(file, e);
        }
        new Download(
                        web,
                        source,
                        file,
                        pin.map(sum -> OptionalLong.of(sum.bytes())).orElse(OptionalLong.empty()),
                        request.progress()::reached)
                .run();
        request.pins().check(name, file, Optional.empty());
        return new Fetched(file, "", true);
    }
}
