package org.kemo.runtime.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import org.kemo.api.KemoException;

/**
 * What is known of one plugin.
 *
 * @param id its id; of an archive that does not say one, the name of the file
 * @param version its version; empty where the archive does not say one
 * @param state whether its components can be used
 * @param components what it brings; of a disabled plugin only what is remembered from earlier
 * @param archive the file that it comes from
 * @param sha256 the sum of that file, 64 hexadecimal digits; absent where there was no need to know it
 * @param problems why it is {@link State#BROKEN}, each with its remedy; otherwise empty
 */
public record PluginInfo(
        String id,
        String version,
        State state,
        SortedSet<ComponentName> components,
        Path archive,
        Optional<String> sha256,
        List<KemoException> problems) {
    /** Whether a plugin's components can be used. */
    public enum State {
        /** They can. */
        ENABLED,
        /** It is switched off: nothing of it is unpacked or loaded. */
        DISABLED,
        /** Something is wrong with it, and the host does not start. */
        BROKEN;

        /** Its name on the command line and in JSON: {@code enabled}, {@code disabled}, {@code broken}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies the list of problems. */
    public PluginInfo {
        problems = List.copyOf(problems);
    }
}
