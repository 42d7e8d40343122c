package org.kemo.runtime.model;

import java.nio.file.Path;
import org.kemo.api.service.SessionPool;
import org.kemo.api.service.SessionRequest;
import org.kemo.runtime.audio.AudioReader;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.configuration.ConfigurationReader;

/**
 * Opens model folders: the configuration is bound to the components of the plugins, the network gets a session of the pool.
 *
 * @param configurations reads configurations
 * @param sessions gives sessions
 * @param reader reads sound
 * @param sums of the files of models
 */
public record ModelLoader(ConfigurationReader configurations, SessionPool sessions, AudioReader reader, FileSums sums) {
    /**
     * The model of a folder.
     *
     * @throws org.kemo.api.KemoException category PLUGIN, where a file is missing, altered or cut off; category CONFIGURATION,
     *     where a component or an environment variable that the model needs is not there
     */
    public EmotionModel load(Path folder) {
        ModelFolder model = ModelFolder.read(folder, sums);
        return new EmotionModel(
                new ModelAssembly(model.configuration(configurations), reader),
                model.card(),
                folder,
                sessions.lease(SessionRequest.of(model.network())));
    }
}
