package org.kemo.runtime.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kemo.runtime.ablation.AblationConfiguration;
import org.kemo.runtime.configuration.HostConfiguration;
import org.kemo.runtime.configuration.KemoConfiguration;

/**
 * What {@code kemo describe configuration} and {@code kemo describe ablation} say: the options of the file itself.
 *
 * @param name what the file is
 * @param options what may stand in it beside what the machine gives
 */
record FileDescription(String name, Class<? extends Record> options) implements Outcome {
    private static final List<FileDescription> ALL = List.of(
            new FileDescription("configuration", KemoConfiguration.class),
            new FileDescription("ablation", AblationConfiguration.class));

    /** That of a file of this name. */
    static Optional<FileDescription> of(String name) {
        return ALL.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    @Override
    public Object json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("kind", name);
        document.put("options", new OptionTable(options).json());
        document.put("host", new OptionTable(HostConfiguration.class).json());
        return document;
    }

    @Override
    public void print(PrintWriter out) {
        new OptionTable(options).print(out, "");
        out.println("host: what the machine gives to a run");
        new OptionTable(HostConfiguration.class).print(out, "  ");
        List.of(
                        "",
                        "extends: base.yaml takes over what another file says; ${NAME} and ${NAME:-default} are environment"
                                + " variables.",
                        "A component is {type: NAME, option: value}, or NAME alone.")
                .forEach(out::println);
    }
}
