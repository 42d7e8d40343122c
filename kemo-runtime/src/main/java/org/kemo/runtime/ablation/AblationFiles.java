package org.kemo.runtime.ablation;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kemo.runtime.ablation.AblationTable.Row;
import org.kemo.runtime.files.WholeFile;
import tools.jackson.databind.json.JsonMapper;

/** The table of an ablation for other programs: CSV with a line for each variant, JSON Lines with one for each trial. */
public final class AblationFiles {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final AblationTable table;

    /** The files of a table. */
    public AblationFiles(AblationTable table) {
        this.table = table;
    }

    /** A line for each variant: its name, mean and deviation of each figure, parameters (RFC 4180). */
    public void writeCsv(Path file) {
        List<String> head = new ArrayList<>(List.of("variant", "trials"));
        table.rows().stream().limit(1).forEach(row -> row.figures().keySet().forEach(metric -> {
            head.add(metric);
            head.add(metric + "Std");
        }));
        head.addAll(List.of("fusionGain", "fusionGainPoints", "trainableParameters", "parameters", "rtf"));
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        try (CsvWriter writer = CsvWriter.builder().build(csv, StandardCharsets.UTF_8)) {
            writer.writeRecord(head);
            table.rows().forEach(row -> writer.writeRecord(line(row)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        WholeFile.write(file, csv.toByteArray());
    }

    private static List<String> line(Row row) {
        List<String> line =
                new ArrayList<>(List.of(row.name(), Integer.toString(row.cells().size())));
        row.figures().values().forEach(summary -> {
            line.add(number(summary.mean()));
            line.add(number(summary.std()));
        });
        line.add(number(row.fusionGain()));
        line.add(number(row.fusionGainPoints()));
        line.add(Long.toString(row.parameters().trainable()));
        line.add(Long.toString(row.parameters().total()));
        line.add(row.stages().isEmpty() ? "" : number(row.rtf()));
        return line;
    }

    /** A line for each trial of each variant, with its figures and what was left out of it. */
    public void writeJsonLines(Path file) {
        StringBuilder lines = new StringBuilder();
        for (Row row : table.rows()) {
            for (Cell cell : row.cells()) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("variant", cell.variant());
                line.put("seed", cell.seed());
                line.put("fold", cell.fold());
                line.put("dataset", cell.dataset());
                line.put("training", cell.training());
                line.put("metrics", cell.metrics());
                line.put("parameters", cell.parameters());
                line.put("plugins", cell.provenance().plugins());
                line.put("data", cell.provenance().data());
                line.put("problems", cell.problems());
                lines.append(JSON.writeValueAsString(line)).append('\n');
            }
        }
        WholeFile.write(file, lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "";
    }
}
