package org.kemo.runtime.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kemo.runtime.configuration.HostConfiguration;
import org.kemo.runtime.configuration.KemoConfiguration;

/** What {@code kemo describe configuration} says: the options of the file itself. */
final class FileDescription implements Outcome {
    static final String NAME = "configuration";

    @Override
    public Object json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("kind", NAME);
        document.put("options", new OptionTable(KemoConfiguration.class).json());
        document.put("host", new OptionTable(HostConfiguration.class).json());
        return document;
    }

    @Override
    public void print(PrintWriter out) {
        new OptionTable(KemoConfiguration.class).print(out, "");
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
