package org.kemo.runtime.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kemo.runtime.configuration.OptionDescription;

/** The options of a record, with those of the records inside it below them. */
final class OptionTable {
    private static final String INDENT = "  ";

    private final List<OptionDescription> options;

    OptionTable(Class<? extends Record> type) {
        this.options = OptionDescription.of(type);
    }

    /** One line of name, what may stand there and the default for each, and one for its meaning. */
    void print(PrintWriter out, String indent) {
        for (OptionDescription option : options) {
            out.println(indent + option.name() + ": " + option.expectation()
                    + (option.unit().isEmpty() ? "" : " [" + option.unit() + "]")
                    + option.defaultValue().map(OptionTable::shown).orElse("; required"));
            if (!option.meaning().isEmpty()) {
                out.println(indent + INDENT + option.meaning());
            }
            option.nested().ifPresent(type -> new OptionTable(type).print(out, indent + INDENT));
        }
    }

    List<Map<String, Object>> json() {
        return options.stream().map(OptionTable::json).toList();
    }

    private static Map<String, Object> json(OptionDescription option) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", option.name());
        json.put("type", option.typeInWords());
        json.put("required", option.defaultValue().isEmpty());
        json.put("default", option.defaultValue());
        json.put("unit", option.unit());
        json.put("min", option.min());
        json.put("max", option.max());
        json.put("meaning", option.meaning());
        option.nested().ifPresent(type -> json.put("options", new OptionTable(type).json()));
        return json;
    }

    private static String shown(String defaultValue) {
        return "; default " + (defaultValue.isBlank() ? "'" + defaultValue + "'" : defaultValue);
    }
}
