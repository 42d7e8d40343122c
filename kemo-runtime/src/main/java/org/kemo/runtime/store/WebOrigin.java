package org.kemo.runtime.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.kemo.api.KemoException;
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
        // Where no file's name can lead.
        Path file = request.folder().resolve(".web").resolve(name);
        try {
            Files.createDirectories(file.getParent());
            if (!Files.isRegularFile(file)) {
                download(reference, file, request);
            }
            request.pins().check(name, file, Optional.empty());
        } catch (KemoException e) {
            Download.discard(file);
            throw e;
        } catch (IOException e) {
            throw Room.unwritable(file, e);
        }
        return new Fetched(file, "", true);
    }

    private void download(ModelReference.Address reference, Path file, Request request) {
        String name = reference.fileName();
        Optional<FileSum> pin = request.pins().of(name);
        Source source = new Source(
                reference.uri(),
                name,
                Optional.empty(),
                "No token is sent there: fetch it by other means, and name it as [file:PATH].");
        request.progress().begins("Fetching " + name, pin.map(FileSum::bytes).orElse(0L));
        new Download(
                        web,
                        source,
                        file,
                        pin.map(sum -> OptionalLong.of(sum.bytes())).orElse(OptionalLong.empty()),
                        request.progress()::reached)
                .run();
    }
}
