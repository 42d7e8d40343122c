package org.kemo.runtime.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.store.download.Web;

/**
 * What a store is made of.
 *
 * @param folder that models are kept in; made where it does not exist
 * @param base the folder that relative paths of {@code file:} begin at
 * @param known models with short names
 * @param hub how a model hub is asked
 * @param web how anything is fetched
 * @param maven Maven's command
 * @param importers of formats
 * @param modelTypes the types of models that networks are made of from safetensors; asked where a hub has one as ONNX, too
 * @param sums of files
 */
public record StoreSettings(
        Path folder,
        Path base,
        KnownModels known,
        HubSettings hub,
        Web web,
        String maven,
        List<ModelImporter> importers,
        Supplier<Set<String>> modelTypes,
        FileSums sums) {}
