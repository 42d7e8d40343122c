package org.kemo.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.KemoException;
import org.kemo.api.KemoException.Category;
import org.kemo.api.network.FloatTensor;
import org.kemo.api.service.SessionLease;
import org.kemo.api.service.SessionRequest;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.checksum.Sha256;
import org.kemo.runtime.configuration.HostConfiguration;
import org.kemo.runtime.session.TestNetworks.Recurrent;

class ModelInspectionTest {
    @TempDir
    private Path outside;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectories(outside.toRealPath().resolve("model"));
    }

    @Test
    void takesAModelOfKemo() throws IOException {
        Path file = TestNetworks.write(new Recurrent(), 1, folder.resolve("network.onnx"));

        assertThat(inspect(file)).isEqualTo(new ModelFile(file, Sha256.of(file), Files.size(file), true));
    }

    @Test
    void tellsProductsWithoutAZeroPointOrWithWeightsOfAnother() {
        for (ModelProto exact : List.of(OnnxFiles.product(true), OnnxFiles.productInOne(true))) {
            assertThat(inspect(OnnxFiles.write(exact, folder.resolve("exact.onnx")))
                            .exactSums())
                    .isTrue();
        }
        for (ModelProto other : List.of(
                OnnxFiles.product(false),
                OnnxFiles.productTwice(),
                OnnxFiles.productInOne(false),
                OnnxFiles.productInOneTwice(),
                OnnxFiles.addingEightBits())) {
            assertThat(inspect(OnnxFiles.write(other, folder.resolve("other.onnx")))
                            .exactSums())
                    .isFalse();
        }
    }

    @Test
    void looksAgainAtAModelThatWasChangedOrIsGone() throws IOException {
        ModelInspection inspection = new ModelInspection(FileSums.inMemory());
        Path file = TestNetworks.write(new Recurrent(), 1, folder.resolve("network.onnx"));
        ModelFile first = inspection.inspect(file);

        assertThat(inspection.inspect(file)).isSameAs(first);

        TestNetworks.write(new Recurrent(), 2, file);
        assertThat(inspection.inspect(file).sha256()).isEqualTo(Sha256.of(file)).isNotEqualTo(first.sha256());

        Files.writeString(file, "no model");
        assertThatThrownBy(() -> inspection.inspect(file)).hasMessageContaining("is not an ONNX model");

        Files.delete(file);
        assertThatThrownBy(() -> inspection.inspect(file)).hasMessageContaining("does not exist");
    }

    @Test
    void refusesAModelThatIsNotThere() {
        refused(folder.resolve("missing.onnx"), "does not exist");
        refused(folder, "does not exist");
    }

    @Test
    void refusesAnEmptyFileAndOneOfText() throws IOException {
        refused(Files.writeString(folder.resolve("empty.onnx"), ""), "is not an ONNX model, or is cut short");
        refused(
                Files.writeString(folder.resolve("text.onnx"), "version https://git-lfs.github.com/spec/v1\n"),
                "is not an ONNX model, or is cut short");
    }

    @Test
    void refusesAModelThatIsCutShortAnywhereInItsGraph() throws IOException {
        byte[] whole = Files.readAllBytes(TestNetworks.write(new Recurrent(), 1, folder.resolve("network.onnx")));
        Path file = folder.resolve("cut.onnx");

        for (int length = 1; length < whole.length - 8; length += 37) {
            Files.write(file, Arrays.copyOf(whole, length));
            refused(file, "is not an ONNX model, or is cut short");
        }
    }

    @Test
    void refusesWhatIsNestedDeeperThanAnyoneWrites() throws IOException {
        ModelProto model = OnnxFiles.model(OnnxFiles.passing(OnnxFiles.node("", "Relu", "x", "y")));
        for (int depth = 0; depth < 150; depth++) {
            model = OnnxFiles.model(OnnxFiles.passing(OnnxFiles.node("", "If", "x", "y")
                    .addAttribute(
                            AttributeProto.newBuilder().setName("then_branch").setG(model.getGraph()))));
        }

        refused(OnnxFiles.write(model, folder.resolve("deep.onnx")), "is not an ONNX model");
    }

    @Test
    void countsDataFilesInTheSumAndTheSize() throws IOException {
        Path file = OnnxFiles.write(OnnxFiles.adding(OnnxFiles.elsewhere("data/w.bin")), folder.resolve("m.onnx"));
        Path data = Files.createDirectories(folder.resolve("data")).resolve("w.bin");
        Files.write(data, new byte[] {0, 0, (byte) 0x80, 0x3f});
        ModelInspection inspection = new ModelInspection(FileSums.inMemory());
        ModelFile before = inspection.inspect(file);
        assertThat(before.bytes()).isEqualTo(Files.size(file) + 4);
        try (OnnxSessionPool pool =
                        new OnnxSessionPool(HostConfiguration.defaults().sessions(), FileSums.inMemory());
                SessionLease lease = pool.lease(SessionRequest.of(file))) {
            assertThat(lease.run(Map.of("x", FloatTensor.of(new float[] {2}, 1))))
                    .containsEntry("y", FloatTensor.of(new float[] {3}, 1));
        }

        Files.write(data, new byte[] {0, 0, 0, 0x40});

        assertThat(inspection.inspect(file).sha256()).isNotEqualTo(before.sha256());
    }

    /** As in the cache of a hub: files under their sums in one folder, and links by their names in another. */
    @Test
    void findsTheDataBesideALinkToTheModel() throws IOException {
        Path blobs = Files.createDirectories(folder.resolveSibling("blobs"));
        Path model = OnnxFiles.write(OnnxFiles.adding(OnnxFiles.elsewhere("m.onnx_data")), blobs.resolve("1234"));
        Path data = Files.write(blobs.resolve("5678"), new byte[] {0, 0, (byte) 0x80, 0x3f});
        Path link = Files.createSymbolicLink(folder.resolve("m.onnx"), model);
        refused(model, "needs its data file [m.onnx_data]");
        Files.createSymbolicLink(folder.resolve("m.onnx_data"), data);

        assertThat(inspect(link).bytes()).isEqualTo(Files.size(model) + 4);
        try (OnnxSessionPool pool =
                        new OnnxSessionPool(HostConfiguration.defaults().sessions(), FileSums.inMemory());
                SessionLease lease = pool.lease(SessionRequest.of(link))) {
            assertThat(lease.run(Map.of("x", FloatTensor.of(new float[] {2}, 1))))
                    .containsEntry("y", FloatTensor.of(new float[] {3}, 1));
        }
    }

    @Test
    void refusesDataBesideALinkThatAreInNeitherFolder() throws IOException {
        Path blobs = Files.createDirectories(folder.resolveSibling("blobs"));
        Path model = OnnxFiles.write(OnnxFiles.adding(OnnxFiles.elsewhere("w.bin")), blobs.resolve("1234"));
        Path link = Files.createSymbolicLink(folder.resolve("m.onnx"), model);
        Files.createSymbolicLink(folder.resolve("w.bin"), Files.writeString(outside.resolve("secret"), "4 by"));

        refused(link, "keeps data outside its folder, in [w.bin]");
    }

    @Test
    void namesTheFilesThatDataAreKeptIn() {
        ModelProto.Builder model = OnnxFiles.adding(OnnxFiles.elsewhere("./w.bin")).toBuilder();
        model.getGraphBuilder().addInitializer(OnnxFiles.elsewhere("data/v.bin"));

        assertThat(ModelInspection.dataFiles(OnnxFiles.write(model.build(), folder.resolve("m.onnx"))))
                .containsExactly("data/v.bin", "w.bin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "data/../../secret", "*/_ORT_MEM_ADDR_/*", "a/_ORT_MEM_ADDR_"})
    void refusesDataOutsideItsFolder(String location) throws IOException {
        Files.writeString(outside.resolve("secret"), "4 by");

        refused(
                OnnxFiles.write(OnnxFiles.adding(OnnxFiles.elsewhere(location)), folder.resolve("m.onnx")),
                "keeps data outside its folder, in [" + location + "]");
        refused(
                OnnxFiles.write(OnnxFiles.addingWithinABranch(OnnxFiles.elsewhere(location)), folder.resolve("b.onnx")),
                "keeps data outside its folder, in [" + location + "]");
    }

    @Test
    void refusesDataAtAnAbsolutePlace() throws IOException {
        Path inside = Files.writeString(folder.resolve("w.bin"), "4 by");

        refused(
                OnnxFiles.write(OnnxFiles.adding(OnnxFiles.elsewhere(inside.toString())), folder.resolve("m.onnx")),
                "keeps data outside its folder");
    }

    @Test
    void refusesDataBehindALinkOutOfItsFolder() throws IOException {
        Path secret = Files.writeString(outside.resolve("secret"), "4 by");
        Files.createSymbolicLink(folder.resolve("w.bin"), secret);

        refused(
                OnnxFiles.write(OnnxFiles.adding(OnnxFiles.elsewhere("w.bin")), folder.resolve("m.onnx")),
                "keeps data outside its folder, in [w.bin]");
    }

    @Test
    void refusesAModelWithoutItsDataFile() {
        refused(
                OnnxFiles.write(OnnxFiles.adding(OnnxFiles.elsewhere("w.bin")), folder.resolve("m.onnx")),
                "needs its data file [w.bin]");
    }

    @Test
    void refusesOperatorsFromALibrary() {
        refused(
                OnnxFiles.write(OnnxFiles.operatorOf("com.example"), folder.resolve("m.onnx")),
                "needs operators of [com.example]");
    }

    @Test
    void takesOperatorsThatTheModelDefines() {
        ModelProto model = OnnxFiles.operatorOf("com.example").toBuilder()
                .addFunctions(FunctionProto.newBuilder()
                        .setName("Emote")
                        .setDomain("com.example")
                        .addInput("x")
                        .addOutput("y")
                        .addNode(OnnxFiles.node("", "Relu", "x", "y")))
                .build();

        assertThat(inspect(OnnxFiles.write(model, folder.resolve("m.onnx"))).bytes())
                .isPositive();
    }

    private static ModelFile inspect(Path file) {
        return new ModelInspection(FileSums.inMemory()).inspect(file);
    }

    private static void refused(Path file, String problem) {
        assertThatThrownBy(() -> inspect(file))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(Category.PLUGIN))
                .hasMessageContaining("[" + file + "]")
                .hasMessageContaining(problem);
    }
}
