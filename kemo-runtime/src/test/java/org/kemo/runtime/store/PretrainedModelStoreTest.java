package org.kemo.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kemo.api.KemoException;
import org.kemo.runtime.checksum.FileSums;
import org.kemo.runtime.checksum.Sha256;
import org.kemo.runtime.files.WholeFolder;
import org.kemo.runtime.session.OnnxFiles;
import org.kemo.runtime.store.download.Download;
import org.kemo.runtime.store.download.Retries;
import org.kemo.runtime.store.download.Room;
import org.kemo.runtime.store.download.Source;
import org.kemo.runtime.store.download.Web;
import org.kemo.runtime.store.tensorflow.BertCheckpointImporter;
import org.kemo.runtime.weights.HostModelFiles;

@Timeout(120)
class PretrainedModelStoreTest {
    private static final String MODEL = "hf:owner/name@main";

    /** Of which a third bounds how long connecting takes: no more than that on a machine that does much else. */
    private static final Duration PATIENT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private HubServer hub;
    private Optional<String> token = Optional.empty();
    private boolean offline;
    private KnownModels known = KnownModels.none();
    private String maven = "mvn";
    private Duration stall = PATIENT;
    private ModelImporter importer = new BertCheckpointImporter();
    private final FileSums sums = FileSums.inMemory();
    private final List<String> notes = new CopyOnWriteArrayList<>();

    @BeforeEach
    void startTheHub() throws IOException {
        hub = new HubServer();
    }

    @AfterEach
    void stopTheHub() {
        hub.close();
    }

    @Test
    void fetchesTheFilesThatKemoReadsAndNoOthers() throws IOException {
        Path model = store().resolve(MODEL);

        assertThat(contents(model)).containsExactly("config.json", "model.safetensors", "tokenizer.json");
        assertThat(Files.readAllBytes(model.resolve("model.safetensors")))
                .isEqualTo(hub.files.get("model.safetensors"));
        assertThat(model).startsWith(folder.resolve("models/hf/owner/name/main"));
    }

    @Test
    void asksNobodyForAModelThatIsThere() {
        Path model = store().resolve(MODEL);
        hub.close();

        assertThat(store().resolve(MODEL)).isEqualTo(model);
    }

    @Test
    void fetchesTheShardsOfLargeWeightsAndTheLayersOfASentenceModel() throws IOException {
        hub.files.remove("model.safetensors");
        hub.files.put("model.safetensors.index.json", HubServer.text("{\"weight_map\": {}}"));
        hub.files.put("model-00001-of-00002.safetensors", HubServer.bytes(1000));
        hub.files.put("model-00002-of-00002.safetensors", HubServer.bytes(2000));
        hub.files.put("modules.json", HubServer.text("[]"));
        hub.files.put("2_Dense/config.json", HubServer.text("{}"));
        hub.files.put("2_Dense/model.safetensors", HubServer.bytes(300));
        hub.files.put("onnx/model.onnx", HubServer.bytes(500));

        assertThat(contents(store().resolve(MODEL)))
                .containsExactly(
                        "2_Dense/config.json",
                        "2_Dense/model.safetensors",
                        "config.json",
                        "model-00001-of-00002.safetensors",
                        "model-00002-of-00002.safetensors",
                        "model.safetensors.index.json",
                        "modules.json",
                        "tokenizer.json");
    }

    @Test
    void fetchesOnnxWhereThereIsNothingElse() throws IOException {
        hub.files.remove("model.safetensors");
        hub.files.put("onnx/model.onnx", OnnxFiles.table().toByteArray());
        hub.files.put("onnx/model_quantized.onnx", HubServer.bytes(200));

        assertThat(contents(store().resolve(MODEL)))
                .containsExactly("config.json", "onnx/model.onnx", "tokenizer.json");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"model_type\": \"mpnet\"}', onnx/model.onnx",
        "'{\"model_type\": \"bert\"}', model.safetensors",
        "'{\"model_type\": null}', model.safetensors",
        "[], model.safetensors",
        "no JSON, model.safetensors"
    })
    void fetchesOnnxOfATypeOfModelThatNobodyMakesANetworkOf(String configuration, String weights) throws IOException {
        hub.files.put("config.json", HubServer.text(configuration));
        hub.files.put("onnx/model.onnx", OnnxFiles.table().toByteArray());

        assertThat(contents(store().resolve(MODEL))).containsExactly("config.json", weights, "tokenizer.json");

        WholeFolder.remove(folder.resolve("models"));
        hub.fillCache(folder.resolve("hub"));
        offline = true;
        assertThat(contents(store().resolve(MODEL))).containsExactly("config.json", weights, "tokenizer.json");
    }

    @Test
    void fetchesOnnxWhereTheCacheHasWeightsThatNobodyMakesANetworkOf() throws IOException {
        hub.files.put("config.json", HubServer.text("{\"model_type\": \"mpnet\"}"));
        hub.fillCache(folder.resolve("hub"));
        hub.files.put("onnx/model.onnx", OnnxFiles.table().toByteArray());

        assertThat(contents(store().resolve(MODEL)))
                .containsExactly("config.json", "onnx/model.onnx", "tokenizer.json");
    }

    @Test
    void fetchesTheFilesThatAnOnnxModelNames() throws IOException {
        hub.files.remove("model.safetensors");
        List<String> data = List.of("Constant_7_attr__value", "model.onnx_data", "parts/first");
        ModelProto.Builder model = OnnxFiles.table().toBuilder();
        data.forEach(name -> model.getGraphBuilder().addInitializer(OnnxFiles.elsewhere(name)));
        hub.files.put("onnx/model.onnx", model.build().toByteArray());
        data.forEach(name -> hub.files.put("onnx/" + name, HubServer.bytes(700)));
        hub.files.put("onnx/model.onnx.data", HubServer.bytes(700));

        Path stored = store().resolve(MODEL);

        assertThat(contents(stored))
                .containsExactly(
                        "config.json",
                        "onnx/Constant_7_attr__value",
                        "onnx/model.onnx",
                        "onnx/model.onnx_data",
                        "onnx/parts/first",
                        "tokenizer.json");
        Files.writeString(stored.resolve("onnx/Constant_7_attr__value"), "other");
        assertThat(store().verify(MODEL).word()).isEqualTo(ModelState.Word.DAMAGED);
        assertThat(store().pull(MODEL).word()).isEqualTo(ModelState.Word.PRESENT);
    }

    @Test
    void comparesThePinsOfFilesThatAnOnnxModelNames() {
        keepWeightsIn("model.onnx_data");
        FileSum right = new FileSum(4, Sha256.of(hub.files.get("onnx/model.onnx_data")));
        known = pinned(MODEL, "onnx/model.onnx_data", new FileSum(4, "0".repeat(64)));
        refused("tiny").hasMessageContaining("[onnx/model.onnx_data]").hasMessageContaining(right.sha256());

        known = pinned(MODEL, "onnx/model.onnx.data", right);
        hub.requests.clear();
        refused("tiny")
                .hasMessageContaining("[onnx/model.onnx.data]")
                .hasMessageContaining(
                        "what comes is [config.json, onnx/model.onnx, onnx/model.onnx_data, tokenizer.json]");
        assertThat(hub.requestsFor("model.onnx_data")).isEmpty();

        known = pinned(MODEL, "onnx/model.onnx_data", right);
        assertThat(store().resolve("tiny")).isDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../tokenizer.json", "/etc/hostname", "../../../weights"})
    void refusesAnOnnxModelThatNamesAFileOutsideItsFolder(String name) {
        hub.files.remove("model.safetensors");
        hub.files.put(
                "onnx/model.onnx", OnnxFiles.adding(OnnxFiles.elsewhere(name)).toByteArray());

        refused(MODEL).hasMessageContaining("keeps data outside its folder, in [" + name + "]");
    }

    @Test
    void refusesAnOnnxModelThatNamesAFileWhichTheHubDoesNotHave() {
        keepWeightsIn("model.onnx_data");
        hub.files.remove("onnx/model.onnx_data");

        refused(MODEL)
                .hasMessageContaining("The ONNX model of [" + MODEL + "] keeps weights in [onnx/model.onnx_data]")
                .hasMessageContaining("which the hub does not have");
    }

    @Test
    void refusesAFileThatIsNoOnnxModel() {
        hub.files.remove("model.safetensors");
        hub.files.put("model.onnx", HubServer.text("<html></html>"));

        refused(MODEL).hasMessageContaining("model.onnx] is not an ONNX model");
    }

    @Test
    void fetchesWhatIsListedOnSeveralPages() throws IOException {
        hub.filesOfAPage = 1;

        assertThat(contents(store().resolve(MODEL)))
                .containsExactly("config.json", "model.safetensors", "tokenizer.json");
    }

    /** One page that names itself for ever, what is no address, and what is none of the web. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/models/owner/name/tree/" + HubServer.COMMIT + "?recursive=true&cursor=0",
                "/api/models/owner/name/tree/" + HubServer.COMMIT + "?cursor=a|b",
                "ftp://models.example/list",
                "mailto:a@models.example"
            })
    void refusesAListWithoutAnEnd(String next) {
        hub.nextPage = Optional.of(next);

        refused(MODEL).hasMessageContaining("does not answer").hasMessageContaining("as a model hub does");
    }

    @Test
    void refusesAModelWithoutWeightsThatKemoReads() {
        hub.files.remove("model.safetensors");

        refused(MODEL).hasMessageContaining("no weights that Kemo reads");
    }

    @Test
    void goesOnWhereTheConnectionBroke() throws IOException {
        hub.faults.add(new HubServer.Cut(1_000_000));

        Path model = store().resolve(MODEL);

        assertThat(Files.readAllBytes(model.resolve("model.safetensors")))
                .isEqualTo(hub.files.get("model.safetensors"));
        List<String> requests = hub.requestsFor("model.safetensors").stream()
                .filter(request -> request.startsWith("back:"))
                .toList();
        assertThat(requests).hasSize(2);
        assertThat(begin(requests.get(1))).isBetween(1L, 1_000_000L);
    }

    @Test
    void goesOnWhereAnotherAttemptGaveUp() throws IOException {
        for (int i = 0; i < 3; i++) {
            hub.faults.add(new HubServer.Cut(500_000));
        }
        refused(MODEL)
                .hasMessageContaining("[model.safetensors of " + MODEL + "] from [")
                .hasMessageContaining("failed [3] times");
        int before = hub.requests.size();

        Path model = store().resolve(MODEL);

        assertThat(Files.readAllBytes(model.resolve("model.safetensors")))
                .isEqualTo(hub.files.get("model.safetensors"));
        List<String> later = hub.requests.subList(before, hub.requests.size());
        assertThat(later)
                .noneMatch(request -> request.endsWith("/config.json"))
                .anySatisfy(request -> assertThat(begin(request)).isPositive());
    }

    @ParameterizedTest
    @ValueSource(strings = {"3145728", "*"})
    void asksForTheNextRangeWhereAPartOfOneCame(String total) throws IOException {
        hub.files.put("weights.bin", HubServer.bytes(3 << 20));
        for (String file : List.of(MODEL, hub.address() + "/files/weights.bin")) {
            hub.faults.add(new HubServer.Cut(500_000));
            hub.faults.add(new HubServer.Part(1_000_000, total));
            hub.faults.add(new HubServer.Part(3 << 20, total));
            store().resolve(file);
            assertThat(hub.faults).isEmpty();
        }

        assertThat(store().resolve(MODEL).resolve("model.safetensors"))
                .hasBinaryContent(hub.files.get("model.safetensors"));
        assertThat(store().resolve(hub.address() + "/files/weights.bin"))
                .hasBinaryContent(hub.files.get("weights.bin"));
    }

    @Test
    void beginsAnewWhereAnotherRangeComesThanWasAskedFor() throws IOException {
        byte[] content = HubServer.bytes(5000);
        hub.files.put("weights.bin", content);
        String reference = hub.address() + "/files/weights.bin";
        began(reference, Arrays.copyOf(content, 2000), Sha256.of(content));
        // As many bytes as are missing.
        hub.faults.add(new HubServer.Beginning(3000));

        assertThat(store().resolve(reference)).hasBinaryContent(content);
        assertThat(hub.faults).isEmpty();
    }

    @Test
    void beginsAnewWhereARangeOfAnotherVersionComes() throws IOException {
        byte[] content = HubServer.bytes(5000);
        hub.files.put("weights.bin", content);
        String reference = hub.address() + "/files/weights.bin";
        began(reference, new byte[2000], "another");
        hub.faults.add(new HubServer.Unconditional());

        assertThat(store().resolve(reference)).hasBinaryContent(content);
        assertThat(hub.faults).isEmpty();
    }

    @Test
    void leavesNothingOfAnotherVersionThatWasLonger() throws IOException {
        byte[] content = HubServer.bytes(1000);
        hub.files.put("weights.bin", content);
        String reference = hub.address() + "/files/weights.bin";
        began(reference, new byte[5000], "another");

        assertThat(store().resolve(reference)).hasBinaryContent(content);
    }

    /** Leaves what an attempt does that was killed: what came of a file, and the mark of its version. */
    private void began(String reference, byte[] came, String mark) throws IOException {
        Path aside = Files.createDirectories(partial(reference).resolve(".web"));
        Files.write(aside.resolve("weights.bin.part"), came);
        Files.writeString(aside.resolve("weights.bin.part.etag"), "\"" + mark + "\"");
    }

    @Test
    void refusesARangeOfAFileOfAnotherSize() {
        hub.faults.add(new HubServer.Cut(500_000));
        hub.faults.add(new HubServer.Part(1_000_000, "3145729"));

        refused(MODEL).hasMessageContaining("has [3145729] bytes, not [3145728]");
    }

    @Test
    void leavesNothingOfWhatAnEarlierAttemptHasFetched() throws IOException {
        Path aside = Files.createDirectories(partial(MODEL).resolve("2_Dense"));
        for (String file : List.of("model.safetensors", "modules.json", "tokenizer.json", "2_Dense/config.json")) {
            for (String end : List.of("", ".part", ".part.etag")) {
                Files.writeString(partial(MODEL).resolve(file + end), "");
            }
        }

        Path model = store().resolve(MODEL);

        assertThat(contents(model)).containsExactly("config.json", "model.safetensors", "tokenizer.json");
        assertThat(model.resolve("2_Dense")).doesNotExist();
        assertThat(aside).doesNotExist();
    }

    @Test
    void leavesNothingOfWhatWasFetchedWhereTheCacheHasIt() throws IOException {
        Files.createDirectories(partial(MODEL));
        Files.writeString(partial(MODEL).resolve("model.safetensors.part"), "");
        Files.writeString(partial(MODEL).resolve("config.json"), "");
        hub.fillCache(folder.resolve("hub"));

        Path model = store().resolve(MODEL);

        assertThat(isLinked(model)).isTrue();
        assertThat(model.resolve("config.json")).hasContent("{}");
        assertThat(contents(model)).containsExactly("config.json", "model.safetensors", "tokenizer.json");
    }

    @Test
    void doesNotFetchAgainWhatCameToItsEnd() throws IOException {
        Path aside = Files.createDirectories(partial(MODEL));
        byte[] content = hub.files.get("model.safetensors");
        Files.write(aside.resolve("model.safetensors.part"), content);
        Files.writeString(aside.resolve("model.safetensors.part.etag"), "\"" + Sha256.of(content) + "\"");

        assertThat(store().resolve(MODEL).resolve("model.safetensors")).hasBinaryContent(content);
        assertThat(hub.requestsFor("model.safetensors").stream().filter(request -> request.startsWith("back:")))
                .singleElement()
                .asString()
                .endsWith("bytes=" + content.length + "-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"a\nb\"", "\u00e9"})
    void beginsAnewWhereTheMarkOfWhatHasComeIsDamaged(String mark) throws IOException {
        Path aside = Files.createDirectories(partial(MODEL));
        Files.write(aside.resolve("model.safetensors.part"), new byte[1000]);
        Files.writeString(aside.resolve("model.safetensors.part.etag"), mark);

        assertThat(store().resolve(MODEL).resolve("model.safetensors"))
                .hasBinaryContent(hub.files.get("model.safetensors"));
    }

    @Test
    void beginsAnewWhereTheFileChangedMeanwhile() throws IOException {
        for (int i = 0; i < 3; i++) {
            hub.faults.add(new HubServer.Cut(500_000));
        }
        refused(MODEL);
        byte[] changed = HubServer.bytes((3 << 20) + 1);
        hub.files.put("model.safetensors", changed);

        assertThat(Files.readAllBytes(store().resolve(MODEL).resolve("model.safetensors")))
                .isEqualTo(changed);
    }

    @Test
    void givesUpAConnectionThatGivesNothing() {
        stall = Duration.ofSeconds(1);
        for (int i = 0; i < 3; i++) {
            hub.faults.add(new HubServer.Stall(0));
        }

        refused(MODEL).hasMessageContaining("nothing came for 1 s").hasMessageContaining("goes on where it stopped");
    }

    /** Nobody takes the connections that the system has made. */
    @Test
    void givesUpAServerThatDoesNotAnswerAtAll() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            URI address = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/weights.bin");
            Web web = new Web(Duration.ofSeconds(1), new Retries(1, Duration.ZERO));

            assertThatThrownBy(() -> web.text(new Source(address, "weights.bin", Optional.empty(), "Ask again.")))
                    .isInstanceOf(KemoException.class)
                    .hasMessageContaining("failed [1] times, at last since nothing came for 1 s");
        }
    }

    @Test
    void asksAgainWhereTheServerIsBusy() {
        hub.faults.add(new HubServer.Status(503));
        hub.faults.add(new HubServer.Status(429));

        assertThat(store().resolve(MODEL)).isDirectory();
    }

    @Test
    void refusesAFileWhoseSumIsAnotherThanTheHubSays() throws IOException {
        hub.faults.add(new HubServer.Garbled());

        refused(MODEL)
                .hasMessageContaining("[model.safetensors]")
                .hasMessageContaining("[" + Sha256.of(hub.files.get("model.safetensors")) + "]")
                .hasMessageNotContaining("change the pin");
        assertThat(folder.resolve("models/hf")).doesNotExist();
        assertThat(store().resolve(MODEL)).isDirectory();
    }

    @Test
    void refusesASmallFileThatIsAnotherThanTheHubLists() {
        hub.garbled.add("config.json");

        refused(MODEL).hasMessageContaining("[config.json] of [" + MODEL + "] is not the one that the hub lists");
        assertThat(store().resolve(MODEL).resolve("config.json")).hasContent("{}");
    }

    @Test
    void refusesAFileWhoseSumIsAnotherThanThePinnedOne() {
        FileSum pin = new FileSum(3 << 20, "0".repeat(64));
        known = pinned(MODEL, "model.safetensors", pin);

        refused("tiny").hasMessageContaining("[" + pin.sha256() + "]").hasMessageContaining("change the pin");
        // Before a gigabyte was fetched for nothing.
        assertThat(hub.requestsFor("model.safetensors")).isEmpty();
    }

    @Test
    void refusesAStoredModelThatIsPinnedAsAnother() {
        store().resolve(MODEL);
        known = pinned(MODEL, "model.safetensors", new FileSum(3 << 20, "0".repeat(64)));

        refused("tiny")
                .hasMessageContaining("[" + Sha256.of(hub.files.get("model.safetensors")) + "]")
                .hasMessageContaining("is pinned with [" + (3 << 20) + "] and [" + "0".repeat(64) + "]")
                .hasMessageContaining("change the pin in config/models.yaml");
        assertThat(store().verify("tiny").word()).isEqualTo(ModelState.Word.DAMAGED);
        known = pinned(MODEL, "model.safetensors", new FileSum(3 << 20, Sha256.of(hub.files.get("model.safetensors"))));
        assertThat(store().resolve("tiny")).isDirectory();
    }

    @Test
    void refusesAStoredModelThatLacksAPinnedFile() {
        store().resolve(MODEL);
        known = pinned(MODEL, "weights.bin", new FileSum(1, "0".repeat(64)));

        refused("tiny")
                .hasMessageContaining("[weights.bin] is pinned and did not come")
                .hasMessageContaining("[config.json, model.safetensors, tokenizer.json]");
    }

    @Test
    void refusesAModelThatLacksAPinnedFileBeforeItIsFetched() throws IOException {
        FileSum pin = new FileSum(1, "0".repeat(64));
        known = pinned(MODEL, "weights.bin", pin);
        refused("tiny")
                .hasMessageContaining("[weights.bin]")
                .hasMessageContaining("what comes is [config.json, model.safetensors, tokenizer.json]");

        String address = hub.address() + "/files/weights.bin";
        known = pinned(address, "weights", pin);
        refused("tiny").hasMessageContaining("what comes is [weights.bin]");
        assertThat(hub.requests).noneMatch(request -> request.matches(".*/(resolve|files)/.*"));

        hub.fillCache(folder.resolve("hub"));
        known = pinned(MODEL, "weights.bin", pin);
        refused("tiny").hasMessageContaining("what comes is [config.json, model.safetensors, tokenizer.json]");

        maven = "no-such-maven";
        known = pinned("mvn:org.example:tiny:1:small", "tiny-1.jar", pin);
        refused("tiny").hasMessageContaining("what comes is [tiny-1-small.jar]");
    }

    @Test
    void keepsADamagedModelUntilAnotherHasCome() throws IOException {
        Path model = store().resolve(MODEL);
        Files.writeString(model.resolve("config.json"), "[]");
        for (int i = 0; i < 3; i++) {
            hub.faults.add(new HubServer.Cut(500_000));
        }

        assertThatThrownBy(() -> store().pull(MODEL)).hasMessageContaining("failed [3] times");
        assertThat(model.resolve("config.json")).hasContent("[]");
        assertThat(model.resolve("model.safetensors")).hasBinaryContent(hub.files.get("model.safetensors"));
        assertThat(store().pull(MODEL).word()).isEqualTo(ModelState.Word.PRESENT);
        assertThat(model.resolve("config.json")).hasContent("{}");
    }

    @Test
    void refusesAFileThatWasAlteredAndMendsIt() throws IOException {
        Path file = store().resolve(MODEL).resolve("config.json");
        Files.writeString(file, "[]");

        refused(MODEL)
                .hasMessageContaining("[" + file + "] has the SHA-256")
                .hasMessageContaining("kemo models pull " + MODEL);
        assertThat(store().verify(MODEL).word()).isEqualTo(ModelState.Word.DAMAGED);
        assertThat(store().pull(MODEL).word()).isEqualTo(ModelState.Word.PRESENT);
        assertThat(file).hasContent("{}");
    }

    @Test
    void mendsWhatOnlyReadingShowsToBeDamaged() throws IOException {
        Path file = store().resolve(MODEL).resolve("model.safetensors");
        assertThat(store().resolve(MODEL)).isDirectory();
        FileTime time = Files.getLastModifiedTime(file);
        Files.write(file, new byte[] {1}, StandardOpenOption.WRITE);
        Files.setLastModifiedTime(file, time);
        assertThat(store().pull(MODEL).word()).isEqualTo(ModelState.Word.PRESENT);

        assertThat(store().verify(MODEL).word()).isEqualTo(ModelState.Word.DAMAGED);

        refused(MODEL).hasMessageContaining("[" + file + "] has the SHA-256");
        assertThat(store().pull(MODEL).word()).isEqualTo(ModelState.Word.PRESENT);
        assertThat(file).hasBinaryContent(hub.files.get("model.safetensors"));
        assertThat(store().resolve(MODEL)).isDirectory();
    }

    @Test
    void saysWhatIsMissing() {
        refused("hf:owner/other@main").hasMessageContaining("There is no [hf:owner/other@main]");
        refused("hf:owner/name@v9").hasMessageContaining("There is no [hf:owner/name@v9]");
        hub.faults.add(new HubServer.Status(404));
        refused(MODEL).hasMessageContaining("There is no [model.safetensors of " + MODEL + "]");
    }

    @Test
    void leavesNoFolderOfWhatWasRefusedBeforeAnythingCame() {
        refused("hf:owner/other@main");

        assertThat(folder.resolve("models/.partial")).isEmptyDirectory();
    }

    @Test
    void saysWhenItFetchesWhatNoEncoderOfTextsCanUse() {
        hub.files.remove("tokenizer.json");

        assertThat(store().resolve(MODEL)).isDirectory();
        assertThat(notes)
                .singleElement()
                .asString()
                .contains("[" + MODEL + "] lacks a tokenizer, such as [tokenizer.json]");
    }

    @Test
    void asksForATokenWhereOneIsNeeded() {
        hub.neededToken = Optional.of("secret");

        refused(MODEL).hasMessageContaining("set HF_TOKEN");
        token = Optional.of("wrong");
        refused(MODEL).hasMessageContaining("to your token").hasMessageNotContaining("wrong");
    }

    @Test
    void asksForNoTokenWhereNoneIsSent() {
        hub.files.put("weights.bin", HubServer.bytes(5000));
        hub.faults.add(new HubServer.Status(403));
        token = Optional.of("secret");

        refused(hub.address() + "/files/weights.bin")
                .hasMessageContaining("(status 403)")
                .hasMessageContaining("[file:PATH]")
                .hasMessageNotContaining("HF_TOKEN");
    }

    @Test
    void givesTheTokenToTheHubAndToNobodyElse() {
        hub.neededToken = Optional.of("secret");
        token = Optional.of("secret");

        store().resolve(MODEL);

        assertThat(hub.requests).allSatisfy(request -> assertThat(request.contains("secret"))
                .isNotEqualTo(request.startsWith("back:")));
        assertThat(hub.requests).anyMatch(request -> request.startsWith("back:"));
    }

    @Test
    void isNotSentOnToWhereAnybodyCouldChangeWhatComes() {
        hub.redirect = Optional.of("http://models.example/model.safetensors?signature=secret");

        refused(MODEL).hasMessageContaining("[http://models.example]").hasMessageNotContaining("secret");
    }

    @Test
    void isNotSentOnForEver() {
        hub.redirect = Optional.of("/owner/name/resolve/" + HubServer.COMMIT + "/model.safetensors");

        refused(MODEL).hasMessageContaining("sends on more than [10] times");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://models.example/weights", "https:///weights", "mailto:a@models.example", "https://a b/"})
    void isNotSentOnToWhatIsNoAddress(String location) {
        hub.redirect = Optional.of(location);

        refused(MODEL).hasMessageContaining("sends on to [" + location + "], which is no address");
    }

    @Test
    void refusesAListThatLeavesItsFolder() {
        hub.files.put("../config.json", HubServer.text("{}"));

        refused(MODEL).hasMessageContaining("does not answer").hasMessageContaining("as a model hub does");
    }

    @Test
    void saysThatNobodyAnswers() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        PretrainedModelStore store = store(URI.create("http://127.0.0.1:" + port));

        assertThatThrownBy(() -> store.resolve(MODEL))
                .hasMessageContaining("[127.0.0.1:" + port + "]")
                .hasMessageContaining("cannot be reached: nobody answers there.");
    }

    /** Linux drops what asks for a connection where those that nobody has taken yet are too many. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void saysThatNobodyAnswersWhereRequestsToConnectAreDropped() throws IOException {
        stall = Duration.ofSeconds(1);
        List<SocketChannel> waiting = new ArrayList<>();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 8; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(socket.getLocalSocketAddress());
                waiting.add(channel);
            }
            PretrainedModelStore store = store(URI.create("http://127.0.0.1:" + socket.getLocalPort()));

            assertThatThrownBy(() -> store.resolve(MODEL)).hasMessageContaining("cannot be reached");
        } finally {
            for (SocketChannel channel : waiting) {
                channel.close();
            }
        }
    }

    /** RFC 2606: no such name will ever be. */
    @Test
    void saysThatAServerHasNoSuchName() {
        PretrainedModelStore store = store(URI.create("https://models.invalid"));

        assertThatThrownBy(() -> store.resolve(MODEL))
                .hasMessageContaining("cannot be reached: its name is not known.");
    }

    @Test
    void hasNothingToFetchOfAFolderOfThisMachine() throws IOException {
        Path here = Files.createDirectory(folder.resolve("here")).toRealPath();

        ModelState state = store().pull("file:" + here);

        assertThat(state.word()).isEqualTo(ModelState.Word.PRESENT);
        assertThat(state.path()).contains(here);
        assertThatThrownBy(() -> store().pull("file:" + here + "/no")).hasMessageContaining("[file:" + here + "/no]");
        assertThatThrownBy(() -> store().verify("file:" + here)).hasMessageContaining("was not fetched");
    }

    @Test
    void fetchesNothingOffline() {
        offline = true;

        refused(MODEL).hasMessageContaining("HF_HUB_OFFLINE");
        assertThat(hub.requests).isEmpty();
    }

    @Test
    void saysWhatTheCacheLacksWhereNothingMayBeFetched() throws IOException {
        Path repository = folder.resolve("hub/models--owner--name");
        offline = true;
        refused(MODEL).hasMessageContaining("is not on this machine: there is no folder [" + repository + "].");

        hub.fillCache(folder.resolve("hub"));
        Files.delete(snapshot().resolve("tokenizer.json"));
        refused(MODEL).hasMessageContaining("[" + snapshot() + "] lacks a tokenizer, such as [tokenizer.json].");

        Files.delete(snapshot().resolve("config.json"));
        refused(MODEL).hasMessageContaining("[" + snapshot() + "] lacks [config.json].");

        Files.writeString(repository.resolve("refs/broken"), "no commit");
        Files.move(repository.resolve("refs/main"), repository.resolve("refs/v1"));
        refused(MODEL).hasMessageContaining("[" + repository + "] has no ref [main], but [v1].");

        WholeFolder.remove(snapshot());
        refused("hf:owner/name@v1").hasMessageContaining("there is no folder [" + snapshot() + "].");
    }

    @Test
    void readsTheCacheOfOtherProgramsInPlace() throws IOException {
        hub.fillCache(folder.resolve("hub"));
        offline = true;

        Path model = store().resolve(MODEL);

        assertThat(model).isEqualTo(folder.resolve("models/hf/owner/name/main"));
        assertThat(model.resolve("model.safetensors").toRealPath())
                .isEqualTo(blob("model.safetensors").toRealPath());
        assertThat(isLinked(store().resolve("hf:owner/name@" + HubServer.COMMIT)))
                .isTrue();
        assertThat(hub.requests).isEmpty();
        ModelState state = store().verify(MODEL);
        assertThat(state.word()).isEqualTo(ModelState.Word.PRESENT);
        assertThat(state.stored()).hasValueSatisfying(stored -> {
            assertThat(stored.revision()).isEqualTo(HubServer.COMMIT);
            assertThat(stored.files()).containsOnlyKeys("config.json", "model.safetensors", "tokenizer.json");
        });
    }

    /** A folder with a ready file is another model to an encoder than one with weights. */
    @Test
    void takesNothingFromTheCacheThatWasNotChosen() throws IOException {
        hub.files.put("onnx/model.onnx", HubServer.bytes(500));
        hub.fillCache(folder.resolve("hub"));

        assertThat(contents(store().resolve(MODEL)))
                .containsExactly("config.json", "model.safetensors", "tokenizer.json");
    }

    @Test
    void copiesFromTheCacheAnOnnxModelThatReadsDataBesideIt() throws IOException {
        keepWeightsIn("Constant_7_attr__value");
        hub.fillCache(folder.resolve("hub"));
        offline = true;

        Path model = store().resolve(MODEL);

        assertThat(contents(model))
                .containsExactly("config.json", "onnx/Constant_7_attr__value", "onnx/model.onnx", "tokenizer.json");
        assertThat(new HostModelFiles(folder.resolve("kept"), sums).sha256(model.resolve("onnx/model.onnx")))
                .hasSize(64)
                .isNotEqualTo(Sha256.of(hub.files.get("onnx/model.onnx")));
    }

    @Test
    void fetchesAnOnnxModelOfWhichTheCacheLacksData() throws IOException {
        keepWeightsIn("Constant_7_attr__value");
        hub.fillCache(folder.resolve("hub"));
        Files.delete(snapshot().resolve("onnx/Constant_7_attr__value"));
        offline = true;
        refused(MODEL).hasMessageContaining("] lacks [onnx/Constant_7_attr__value].");

        offline = false;
        assertThat(contents(store().resolve(MODEL))).contains("onnx/Constant_7_attr__value");
    }

    @Test
    void linksWhatAnEarlierVersionLeftInTheCache() throws IOException {
        hub.files.put("onnx/model.onnx", HubServer.bytes(500));
        hub.fillCache(folder.resolve("hub"));
        offline = true;
        Path place = store().resolve(MODEL);
        WholeFolder.retain(place, Path.of(StoredModel.RECORD)::equals);
        Path record = place.resolve(StoredModel.RECORD);
        Files.writeString(record, Files.readString(record).replace("at .\n", "at " + snapshot() + "\n"));
        // The branch has moved on.
        Files.writeString(folder.resolve("hub/models--owner--name/refs/main"), "f".repeat(40));

        Path model = store().resolve(MODEL);

        assertThat(model).isEqualTo(place);
        assertThat(isLinked(model)).isTrue();
        assertThat(contents(model)).containsExactly("config.json", "model.safetensors", "tokenizer.json");
        assertThat(store().verify(MODEL).stored()).hasValueSatisfying(stored -> {
            assertThat(stored.path()).isEqualTo(place);
            assertThat(stored.revision()).isEqualTo(HubServer.COMMIT);
        });
    }

    @Test
    void saysWhichFileOfTheCacheWasRemovedAndFetchesItAnew() throws IOException {
        hub.fillCache(folder.resolve("hub"));
        Path model = store().resolve(MODEL);
        WholeFolder.remove(folder.resolve("hub"));

        refused(MODEL)
                .hasMessageContaining("[" + model.resolve("config.json") + "] leads to [")
                .hasMessageContaining("], which is missing")
                .hasMessageContaining("kemo models pull " + MODEL);
        assertThat(store().pull(MODEL).word()).isEqualTo(ModelState.Word.PRESENT);
        assertThat(store().resolve(MODEL)).isEqualTo(model);
        assertThat(isLinked(model)).isFalse();
    }

    @Test
    void mendsABranchAtTheCommitThatItWasFetchedAt() throws IOException {
        hub.fillCache(folder.resolve("hub"));
        Path linked = store().resolve(MODEL);
        WholeFolder.remove(folder.resolve("hub"));
        hub.head = "f".repeat(40);
        refused(MODEL).hasMessageContaining("[" + linked.resolve("config.json") + "] leads to [");

        ModelState state = store().pull(MODEL);

        assertThat(state.stored())
                .hasValueSatisfying(stored -> assertThat(stored.revision()).isEqualTo(HubServer.COMMIT));
        assertThat(store().resolve(MODEL).resolve("model.safetensors"))
                .hasBinaryContent(hub.files.get("model.safetensors"));
    }

    @Test
    void looksABranchUpAgainThatIsPinnedAsSomethingElse() throws IOException {
        Path record = store().resolve(MODEL).resolve(StoredModel.RECORD);
        Files.writeString(record, Files.readString(record).replace(HubServer.COMMIT, "e".repeat(40)));
        byte[] changed = HubServer.bytes(5000);
        hub.files.put("model.safetensors", changed);
        known = pinned(MODEL, "model.safetensors", new FileSum(5000, Sha256.of(changed)));
        refused("tiny").hasMessageContaining("is not what it is pinned as");

        assertThat(store().pull("tiny").stored())
                .hasValueSatisfying(stored -> assertThat(stored.revision()).isEqualTo(HubServer.COMMIT));
        assertThat(store().resolve("tiny").resolve("model.safetensors")).hasBinaryContent(changed);
    }

    @Test
    void fetchesWhatAnAttemptThatWasKilledHadLinked() throws IOException {
        Path weights = Files.write(folder.resolve("weights"), hub.files.get("model.safetensors"));
        Files.createSymbolicLink(Files.createDirectories(partial(MODEL)).resolve("model.safetensors"), weights);

        Path model = store().resolve(MODEL);

        assertThat(isLinked(model)).isFalse();
        assertThat(model.resolve("model.safetensors")).hasBinaryContent(hub.files.get("model.safetensors"));
    }

    @Test
    void comparesTheCacheWithTheHubAndAsksNobodyFromThenOn() throws IOException {
        hub.fillCache(folder.resolve("hub"));

        Path model = store().resolve(MODEL);

        assertThat(isLinked(model)).isTrue();
        assertThat(hub.requests).containsExactly("/api/models/owner/name/tree/" + HubServer.COMMIT);
        hub.close();
        assertThat(store().resolve(MODEL)).isEqualTo(model);
        assertThat(store().pull(MODEL).word()).isEqualTo(ModelState.Word.PRESENT);
        assertThat(notes).isEmpty();
    }

    /** The transformers library leaves out what tells how sentences are pooled. */
    @Test
    void fetchesWhatTheCacheHasLessOfThanTheHub() throws IOException {
        hub.fillCache(folder.resolve("hub"));
        addPooling();

        Path model = store().resolve(MODEL);

        assertThat(isLinked(model)).isFalse();
        assertThat(contents(model)).contains("modules.json", "1_Pooling/config.json");
    }

    @Test
    void fetchesWhatTheCacheHasInAnotherSize() throws IOException {
        hub.fillCache(folder.resolve("hub"));
        Files.write(blob("model.safetensors"), new byte[] {1});

        assertThat(isLinked(store().resolve(MODEL))).isFalse();
    }

    @Test
    void comparesTheCacheWhenItIsOfflineNoLonger() throws IOException {
        hub.fillCache(folder.resolve("hub"));
        offline = true;
        Path cached = store().resolve(MODEL);
        assertThat(isLinked(cached)).isTrue();
        assertThat(notes).singleElement().asString().contains("[" + snapshot() + "]", "kemo models pull " + MODEL);
        assertThat(store().resolve(MODEL)).isEqualTo(cached);
        assertThat(notes).hasSize(1);
        assertThat(hub.requests).isEmpty();

        offline = false;
        assertThat(store().resolve(MODEL)).isEqualTo(cached);
        hub.close();
        assertThat(store().resolve(MODEL)).isEqualTo(cached);
        assertThat(notes).hasSize(1);
    }

    @Test
    void fetchesWhatTurnsOutToBeAPartWhenItIsOfflineNoLonger() throws IOException {
        hub.fillCache(folder.resolve("hub"));
        addPooling();
        offline = true;
        assertThat(isLinked(store().resolve(MODEL))).isTrue();

        offline = false;
        ModelState state = store().pull(MODEL);

        assertThat(state.stored()).hasValueSatisfying(stored -> assertThat(stored.files())
                .containsKeys("modules.json", "1_Pooling/config.json"));
        assertThat(isLinked(store().resolve(MODEL))).isFalse();
    }

    @Test
    void takesTheCacheWhereTheHubCannotBeAsked() throws IOException {
        hub.fillCache(folder.resolve("hub"));
        hub.neededToken = Optional.of("secret");
        PretrainedModelStore store = store();

        Path cached = store.resolve(MODEL);

        assertThat(isLinked(cached)).isTrue();
        assertThat(store.resolve(MODEL)).isEqualTo(cached);
        assertThat(hub.requests).containsExactly("/api/models/owner/name/tree/" + HubServer.COMMIT);
        assertThat(notes).singleElement().asString().contains("were not compared");
        hub.close();
        assertThat(store().resolve(MODEL)).isEqualTo(cached);
        assertThat(notes).hasSize(2);
    }

    @Test
    void comparesTheCacheAgainWhenAModelIsPulled() throws IOException {
        hub.fillCache(folder.resolve("hub"));
        addPooling();
        hub.neededToken = Optional.of("secret");
        PretrainedModelStore store = store();
        assertThat(isLinked(store.resolve(MODEL))).isTrue();
        assertThat(isLinked(store.resolve(MODEL))).isTrue();

        hub.neededToken = Optional.empty();

        assertThat(store.pull(MODEL).stored())
                .hasValueSatisfying(stored -> assertThat(stored.files()).containsKey("modules.json"));
        assertThat(isLinked(store.resolve(MODEL))).isFalse();
    }

    @Test
    void believesARecordThatDoesNotSayWhetherItWasCompared() throws IOException {
        Path model = store().resolve(MODEL);
        assertThat(model.resolve(".kemo-model")).content().doesNotContain("compared");
        hub.fillCache(folder.resolve("hub"));
        WholeFolder.remove(folder.resolve("models"));
        offline = true;
        store().resolve(MODEL);
        Path record = folder.resolve("models/hf/owner/name/main/.kemo-model");
        Files.writeString(record, Files.readString(record).replace("compared no\n", ""));

        offline = false;
        hub.requests.clear();
        assertThat(isLinked(store().resolve(MODEL))).isTrue();
        assertThat(hub.requests).isEmpty();
    }

    @Test
    void doesNotTakeACacheThatLacksTheWeightsOfALayer() throws IOException {
        hub.files.put(
                "modules.json",
                HubServer.text("[{\"path\": \"2_Dense\", \"type\": \"sentence_transformers.models.Dense\"}]"));
        hub.files.put("2_Dense/config.json", HubServer.text("{}"));
        hub.fillCache(folder.resolve("hub"));
        offline = true;

        refused(MODEL).hasMessageContaining("] lacks [2_Dense/model.safetensors].");
    }

    @Test
    void fetchesWhatTheCacheHasAPartOf() throws IOException {
        hub.fillCache(folder.resolve("hub"));
        Files.delete(folder.resolve("hub/models--owner--name/snapshots/" + HubServer.COMMIT + "/tokenizer.json"));

        assertThat(isLinked(store().resolve(MODEL))).isFalse();
    }

    @Test
    void fetchesWhatCannotBeReadInTheCache() throws IOException {
        hub.fillCache(folder.resolve("hub"));
        Path closed = Files.createDirectory(snapshot().resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        try {
            assumeThat(Files.isReadable(closed))
                    .as("A superuser reads everything")
                    .isFalse();

            assertThat(isLinked(store().resolve(MODEL))).isFalse();
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void refusesADamagedFileOfTheCache() throws IOException {
        hub.fillCache(folder.resolve("hub"));
        Path blob = blob("model.safetensors");
        Files.write(blob, new byte[] {1}, StandardOpenOption.WRITE);

        refused(MODEL)
                .hasMessageContaining("and [" + Sha256.of(hub.files.get("model.safetensors")) + "]")
                .hasMessageContaining("Remove [" + blob + "]");

        Path small = snapshot().resolve("config.json").toRealPath();
        Files.writeString(small, "[]");

        refused(MODEL).hasMessageContaining("its sum is not its name").hasMessageContaining("Remove [" + small + "]");
    }

    @Test
    void fetchesOnceForTwoThreads() throws Exception {
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            List<Future<Path>> models = Stream.of(store(), store())
                    .map(each -> two.submit(() -> each.resolve(MODEL)))
                    .toList();

            assertThat(models.get(0).get()).isEqualTo(models.get(1).get()).isDirectory();
        } finally {
            two.shutdownNow();
        }
        assertThat(hub.requestsFor("config.json")).hasSize(1);
    }

    @Test
    void fetchesOnceForTwoProcesses() throws Exception {
        hub.faults.add(new HubServer.Pause(1 << 20));
        Process other = otherProcess();
        awaitAPart(other);
        CompletableFuture<Path> here = CompletableFuture.supplyAsync(() -> store().resolve(MODEL));
        while (notes.isEmpty() && !here.isDone()) {
            Thread.sleep(20);
        }
        assertThat(notes).singleElement().asString().startsWith("Another process fetches [" + MODEL + "]");
        hub.resume();

        Path model = here.get();
        assertThat(other.waitFor()).isZero();
        assertThat(new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
                .isEqualTo(model.toString());
        assertThat(hub.requestsFor("config.json")).hasSize(1);
    }

    @Test
    void goesOnWhereAnotherProcessWasKilled() throws Exception {
        hub.faults.add(new HubServer.Stall(1 << 20));
        Process other = otherProcess();
        awaitAPart(other);
        other.destroyForcibly().waitFor();

        Path model = store().resolve(MODEL);

        assertThat(Files.readAllBytes(model.resolve("model.safetensors")))
                .isEqualTo(hub.files.get("model.safetensors"));
        assertThat(hub.requestsFor("model.safetensors"))
                .anySatisfy(request -> assertThat(begin(request)).isBetween(100_000L, 1L << 20));
    }

    /** Waits until a process has fetched a part of the weights. */
    private void awaitAPart(Process other) throws Exception {
        Path partial = folder.resolve("models/.partial");
        while (other.isAlive() && size(partial, "model.safetensors.part") < 100_000) {
            Thread.sleep(20);
        }
        assertThat(other.isAlive()).isTrue();
    }

    @Test
    void doesNotBeginWhatTheDiskHasNoRoomFor() {
        hub.announcedBytes = 1L << 60;

        refused(MODEL).hasMessageContaining("no room for [" + MODEL + "]").hasMessageContaining("host.models.folder");
    }

    @Test
    void doesNotBeginFilesThatTheDiskHasRoomForOneByOneOnly() throws IOException {
        hub.files.remove("model.safetensors");
        hub.files.put("model.safetensors.index.json", HubServer.text("{\"weight_map\": {}}"));
        hub.files.put("model-00001-of-00002.safetensors", HubServer.bytes(1000));
        hub.files.put("model-00002-of-00002.safetensors", HubServer.bytes(1000));
        hub.announcedBytes = Files.getFileStore(folder).getUsableSpace() / 3 * 2;

        refused(MODEL).hasMessageContaining("no room for [" + MODEL + "]");
        assertThat(hub.requests).noneMatch(request -> request.contains("/resolve/"));
    }

    @Test
    void tellsWhatEarlierAttemptsHaveFetched() throws IOException {
        byte[] weights = hub.files.get("model.safetensors");
        Path aside = Files.createDirectories(partial(MODEL));
        Files.write(aside.resolve("model.safetensors.part"), Arrays.copyOf(weights, 1000));
        Path file = Files.write(aside.resolve("config.json"), HubServer.text("{}"));

        assertThat(Download.fetched(aside.resolve("model.safetensors"))).isEqualTo(1000);
        assertThat(Download.fetched(file)).isEqualTo(2);
        assertThat(Download.fetched(aside.resolve("tokenizer.json"))).isZero();
    }

    @Test
    void refusesAFileOfAnotherSizeBeforeItIsFetched() {
        String reference = hub.address() + "/files/weights.bin";
        hub.files.put("weights.bin", HubServer.bytes(5000));
        known = pinned(reference, "weights.bin", new FileSum(4999, "0".repeat(64)));

        refused("tiny").hasMessageContaining("has [5000] bytes, not [4999]");
    }

    /** The device that is always full, in the place of the file that is written. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void saysThatTheDiskIsFull() throws IOException {
        Path aside = Files.createDirectories(partial(MODEL));
        Files.createSymbolicLink(aside.resolve("model.safetensors.part"), Path.of("/dev/full"));

        refused(MODEL).hasMessageContaining("The disk is full").hasMessageContaining("model.safetensors");
    }

    @Test
    void keepsASingleFileFromTheWeb() throws IOException {
        hub.files.put("weights.bin", HubServer.bytes(5000));
        hub.faults.add(new HubServer.Cut(2000));

        Path file = store().resolve(hub.address() + "/files/weights.bin");

        assertThat(file).hasFileName("weights.bin").hasBinaryContent(hub.files.get("weights.bin"));
        hub.close();
        assertThat(store().resolve(hub.address() + "/files/weights.bin")).isEqualTo(file);
    }

    /** Names that the store, a download and an importer use themselves. */
    @ParameterizedTest
    @ValueSource(strings = {"content", "a.part", "path"})
    void keepsAFileOfAnyName(String name) throws IOException {
        hub.files.put(name, HubServer.bytes(5000));

        Path file = store().resolve(hub.address() + "/files/" + name);

        assertThat(file).hasFileName(name).hasBinaryContent(hub.files.get(name));
        assertThat(store().verify(hub.address() + "/files/" + name).word()).isEqualTo(ModelState.Word.PRESENT);
    }

    @Test
    void takesAFileThatAnEarlierAttemptHasFetched() throws IOException {
        String reference = hub.address() + "/files/weights.bin";
        byte[] content = HubServer.bytes(5000);
        hub.files.put("weights.bin", content);
        Files.createDirectories(partial(reference).resolve(".web"));
        Files.write(partial(reference).resolve(".web/weights.bin"), content);

        assertThat(store().resolve(reference)).hasBinaryContent(content);
        assertThat(hub.requests).isEmpty();
    }

    @Test
    void fetchesAnewWhatAnEarlierAttemptHasFetchedAndIsPinnedAsAnother() throws IOException {
        String reference = hub.address() + "/files/weights.bin";
        byte[] content = HubServer.bytes(5000);
        hub.files.put("weights.bin", content);
        known = pinned(reference, "weights.bin", new FileSum(5000, Sha256.of(content)));
        Files.createDirectories(partial(reference).resolve(".web"));
        Files.write(partial(reference).resolve(".web/weights.bin"), new byte[5000]);

        refused("tiny").hasMessageContaining("[" + Sha256.of(content) + "]");
        assertThat(store().resolve("tiny")).hasBinaryContent(content);
    }

    @Test
    void fetchesAnewWhatAnImporterRefuses() throws IOException {
        byte[] jar = tinyBert();
        hub.files.put("tiny-bert.jar", damaged(jar));
        String reference = hub.address() + "/files/tiny-bert.jar";
        refused(reference).hasMessageContaining("cannot be used");
        hub.files.put("tiny-bert.jar", jar);

        assertThat(contents(store().resolve(reference))).contains("model.safetensors");
        assertThat(hub.requestsFor("tiny-bert.jar")).hasSize(2);
    }

    @Test
    void keepsWhatAnImporterHasNoRoomFor() throws IOException {
        hub.files.put("tiny-bert.jar", tinyBert());
        String reference = hub.address() + "/files/tiny-bert.jar";
        importer = new ModelImporter() {
            @Override
            public boolean reads(Path file) {
                return true;
            }

            @Override
            public void convert(Path file, Path to, FetchProgress progress) {
                Room.check(to, Long.MAX_VALUE, "model.safetensors");
            }
        };
        refused(reference).hasMessageContaining("no room for [model.safetensors]");
        importer = new BertCheckpointImporter();

        assertThat(contents(store().resolve(reference))).contains("model.safetensors");
        assertThat(hub.requestsFor("tiny-bert.jar")).hasSize(1);
    }

    @Test
    void turnsACheckpointIntoAFolder() throws IOException {
        hub.files.put("tiny-bert.jar", tinyBert());

        Path model = store().resolve(hub.address() + "/files/tiny-bert.jar");

        assertThat(contents(model))
                .containsExactly(
                        "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "vocab.txt");
        assertThat(store().verify(hub.address() + "/files/tiny-bert.jar").word())
                .isEqualTo(ModelState.Word.PRESENT);
    }

    @Test
    void leavesNothingOfACheckpointThatIsDamaged() throws IOException {
        hub.files.put("tiny-bert.jar", damaged(tinyBert()));

        refused(hub.address() + "/files/tiny-bert.jar").hasMessageContaining("cannot be used");
        assertThat(size(folder.resolve("models"), "model.safetensors")).isZero();
        assertThat(size(folder.resolve("models"), ".saved-model.zip")).isZero();
    }

    private static byte[] tinyBert() throws IOException {
        try (InputStream jar = BertCheckpointImporter.class.getResourceAsStream("tiny-bert.jar")) {
            return jar.readAllBytes();
        }
    }

    /** The jar with other bytes in the middle of its largest entry. */
    private static byte[] damaged(byte[] jar) {
        byte[] damaged = jar.clone();
        Arrays.fill(damaged, jar.length / 2, jar.length / 2 + 64, (byte) 0);
        return damaged;
    }

    @Test
    void takesWhatMavenHasFound() throws IOException {
        Path jar = Files.writeString(folder.resolve("tiny-1.jar"), "weights");
        maven = script(
                """
                for option; do case $option in -Dmdep.outputFile=*) printf %%s '%s' >"${option#*=}";; esac; done
                """
                        .formatted(jar));

        Path file = store().resolve("mvn:org.example:tiny:1");

        assertThat(file).hasContent("weights").startsWith(folder.resolve("models/mvn/org.example/tiny/1"));
        maven = "no-such-maven";
        assertThat(store().resolve("mvn:org.example:tiny:1")).isEqualTo(file);
    }

    @Test
    void saysWhatMavenSays() throws IOException {
        maven = script(
                """
                echo '[INFO] Scanning'
                echo '[ERROR] Failed to execute goal: Could not find artifact org.example:tiny:jar:1 in here -> [Help 1]'
                exit 1
                """);

        refused("mvn:org.example:tiny:1")
                .hasMessageContaining("[Could not find artifact org.example:tiny:jar:1 in here]");
    }

    /** A machine that has built Kemo has that one. */
    @Test
    void asksThePluginOfMavenThatBuildsKemo() throws IOException {
        maven = script("echo \"$@\"; exit 1");

        refused("mvn:org.example:tiny:1")
                .hasMessageContaining(":maven-dependency-plugin:" + System.getProperty("kemo.dependency-plugin")
                        + ":build-classpath]");
    }

    @Test
    void saysThatMavenIsNotThere() {
        maven = "no-such-maven";

        refused("mvn:org.example:tiny:1").hasMessageContaining("[no-such-maven] cannot be started");
    }

    @Test
    void findsAFileOfThisMachineByARelativeOrAnAbsolutePath() throws IOException {
        Path model = Files.createDirectories(folder.resolve("my/model")).toRealPath();

        assertThat(store().resolve("file:my/model")).isEqualTo(model);
        assertThat(store().resolve("file:" + model)).isEqualTo(model);
        refused("file:my/other").hasMessageContaining("[file:my/other]").hasMessageContaining("[" + folder + "]");
        refused("file:a\0b").hasMessageContaining("[file:a\0b]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "labse",
                "hub:labse",
                "file:",
                "",
                "hf:name",
                "hf:a/b@../c",
                "hf:../b",
                "mvn:a:b",
                "mvn:a:b:../c",
                "http://models.example/a.bin",
                "https://user:secret@models.example/a.bin",
                "https://models.example/"
            })
    void refusesAReferenceThatNamesNoModel(String reference) {
        misnamed(reference).hasMessageContaining("[" + reference + "]");
    }

    @Test
    void saysWhereAKnownModelHasAWrongReference() throws IOException {
        refusedList(
                        """
                models:
                  right: {reference: "hf:owner/name", source: Somebody's., terms: MIT.}
                  wrong: {reference: "owner/name", source: Somebody's., terms: MIT.}
                """)
                .hasMessageContaining("models.yaml:3")
                .hasMessageContaining("models.wrong")
                .hasMessageContaining("[owner/name] is not understood")
                .hasMessageContaining("or [file:PATH].")
                .hasMessageNotContaining("models list");
    }

    @Test
    void refusesPinsOfAModelOfThisMachine() throws IOException {
        refusedList(
                        """
                models:
                  right: {reference: "file:my/model", source: Somebody's., terms: MIT.}
                  wrong:
                    reference: file:my/other
                    source: Somebody's.
                    terms: MIT.
                    files: {model.safetensors: {bytes: 1, sha256: %s}}
                """
                                .formatted("a".repeat(64)))
                .hasMessageContaining("models.wrong")
                .hasMessageContaining("[file:my/other] lies on this machine")
                .hasMessageContaining("the sums of [model.safetensors] would not be compared")
                .hasMessageNotContaining("models.right");
    }

    @Test
    void refusesTwoNamesForOneReference() throws IOException {
        refusedList(
                        """
                models:
                  tiny: {reference: "hf:owner/name", source: Somebody's., terms: MIT.}
                  mine:
                    reference: hf:owner/name@main
                    source: Somebody's.
                    terms: MIT.
                    files: {model.safetensors: {bytes: 1, sha256: %s}}
                """
                                .formatted("a".repeat(64)))
                .hasMessageContaining("models.yaml:1")
                .hasMessageContaining("The models [tiny] and [mine] have one reference, [hf:owner/name@main]");
    }

    @Test
    void namesTheNearestModel() {
        known = new KnownModels(Map.of("labse", new KnownModel(MODEL, "", "", Map.of())));

        misnamed("labsee").hasMessageContaining("Did you mean [labse]?");
    }

    @Test
    void listsWhatIsKnownAndWhatIsThere() throws IOException {
        known = new KnownModels(
                Map.of("other", new KnownModel("hf:owner/other@main", "Somebody's.", "MIT.", Map.of())));
        assertThat(store().list()).singleElement().satisfies(model -> {
            assertThat(model.name()).contains("other");
            assertThat(model.word()).isEqualTo(ModelState.Word.ABSENT);
        });
        store().pull(MODEL);

        assertThat(store().list())
                .map(model -> model.reference() + " " + model.word())
                .containsExactly("hf:owner/other@main ABSENT", MODEL + " PRESENT");
    }

    @Test
    void listsAModelThatWasCutOffAsDamaged() throws IOException {
        Path weights = store().pull(MODEL).path().orElseThrow().resolve("model.safetensors");
        Files.write(weights, new byte[5]);

        assertThat(store().list()).singleElement().satisfies(model -> assertThat(model.problems())
                .singleElement()
                .asString()
                .contains("[" + weights + "] has [5] bytes, not [3145728]"));
    }

    @Test
    void listsNamesOfModelsOfThisMachine() throws IOException {
        Path model = Files.createDirectories(folder.resolve("my/model")).toRealPath();
        Map<String, KnownModel> models = new LinkedHashMap<>();
        models.put("mine", new KnownModel("file:my/model", "Mine.", "None.", Map.of()));
        models.put("tiny", new KnownModel(MODEL, "Somebody's.", "MIT.", Map.of()));
        models.put("gone", new KnownModel("file:my/other", "Mine.", "None.", Map.of()));
        known = new KnownModels(models);

        assertThat(store().list())
                .map(state -> state.name().orElseThrow() + " " + state.reference() + " " + state.word())
                .containsExactly(
                        "mine file:my/model PRESENT", "tiny " + MODEL + " ABSENT", "gone file:my/other ABSENT");
        assertThat(store().list().get(0).path()).contains(model);
        assertThat(store().verify()).map(ModelState::reference).containsExactly(MODEL);
    }

    @Test
    void listsARecordThatCannotBeRead() throws IOException {
        store().pull(MODEL);
        Files.writeString(folder.resolve("models/hf/owner/name/main/.kemo-model"), "what?\n");

        assertThat(store().list()).singleElement().satisfies(model -> {
            assertThat(model.word()).isEqualTo(ModelState.Word.DAMAGED);
            assertThat(model.problems()).singleElement().satisfies(problem -> assertThat(problem)
                    .hasMessageContaining("[what?]"));
        });
        refused(MODEL).hasMessageContaining("the model is fetched anew");
    }

    @Test
    void listsARecordOfWhatIsNeverStored() throws IOException {
        store().pull(MODEL);
        Path record = folder.resolve("models/hf/owner/name/main/.kemo-model");
        Files.writeString(record, Files.readString(record).replace("reference " + MODEL, "reference file:/somewhere"));

        assertThat(store().list()).singleElement().satisfies(model -> assertThat(model.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem).hasMessageContaining("[reference file:/somewhere]")));
    }

    /** Where a model is gathered. */
    private Path partial(String reference) {
        ModelReference.Remote remote = (ModelReference.Remote) ModelReference.parse(reference);
        return folder.resolve("models/.partial").resolve(Sha256.of(remote.place()));
    }

    /** A large file in the cache of another program. */
    private Path blob(String file) {
        return folder.resolve("hub/models--owner--name/blobs").resolve(Sha256.of(hub.files.get(file)));
    }

    /** The folder that the cache of another program has the model in. */
    private Path snapshot() {
        return folder.resolve("hub/models--owner--name/snapshots").resolve(HubServer.COMMIT);
    }

    /** Whether a model is that of the cache of another program. */
    private static boolean isLinked(Path model) {
        return Files.isSymbolicLink(model.resolve("model.safetensors"));
    }

    /** Has a model in ONNX alone that keeps its one number in a file of that name. */
    private void keepWeightsIn(String name) {
        hub.files.remove("model.safetensors");
        hub.files.put(
                "onnx/model.onnx", OnnxFiles.adding(OnnxFiles.elsewhere(name)).toByteArray());
        hub.files.put("onnx/" + name, new byte[] {0, 0, (byte) 0x80, 0x3f});
    }

    private void addPooling() {
        hub.files.put(
                "modules.json",
                HubServer.text("[{\"path\": \"1_Pooling\", \"type\": \"sentence_transformers.models.Pooling\"}]"));
        hub.files.put("1_Pooling/config.json", HubServer.text("{}"));
    }

    private static KnownModels pinned(String reference, String file, FileSum pin) {
        return new KnownModels(Map.of("tiny", new KnownModel(reference, "", "", Map.of(file, pin))));
    }

    private PretrainedModelStore store() {
        return store(hub.address());
    }

    private PretrainedModelStore store(URI endpoint) {
        return store(folder, endpoint, known, token, offline, stall, maven, importer, sums, new Notes(notes));
    }

    private static PretrainedModelStore store(
            Path folder,
            URI endpoint,
            KnownModels known,
            Optional<String> token,
            boolean offline,
            Duration stall,
            String maven,
            ModelImporter importer,
            FileSums sums,
            FetchProgress progress) {
        return new PretrainedModelStore(
                new StoreSettings(
                        folder.resolve("models"),
                        folder,
                        known,
                        new HubSettings(endpoint, token, offline, folder.resolve("hub")),
                        new Web(stall, new Retries(3, Duration.ofMillis(10))),
                        maven,
                        List.of(importer),
                        () -> Set.of("bert"),
                        sums),
                progress);
    }

    /** Keeps what a person should know. */
    private record Notes(List<String> kept) implements FetchProgress {
        @Override
        public void note(String sentence) {
            kept.add(sentence);
        }
    }

    /** Started in a process of its own: the folder and the hub's address. */
    static final class Another {
        private Another() {}

        public static void main(String[] arguments) {
            PretrainedModelStore store = store(
                    Path.of(arguments[0]),
                    URI.create(arguments[1]),
                    KnownModels.none(),
                    Optional.empty(),
                    false,
                    PATIENT,
                    "mvn",
                    new BertCheckpointImporter(),
                    FileSums.inMemory(),
                    FetchProgress.silent());
            System.out.println(store.resolve(MODEL));
            System.exit(0);
        }
    }

    private Process otherProcess() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Another.class.getName(),
                        folder.toString(),
                        hub.address().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(String reference) {
        return assertThatThrownBy(() -> store().resolve(reference))
                .isInstanceOfSatisfying(
                        KemoException.class, e -> assertThat(e.category()).isEqualTo(KemoException.Category.PLUGIN));
    }

    private AbstractThrowableAssert<?, ? extends Throwable> misnamed(String reference) {
        return assertThatThrownBy(() -> store().resolve(reference))
                .isInstanceOfSatisfying(KemoException.class, e -> assertThat(e.category())
                        .isEqualTo(KemoException.Category.CONFIGURATION));
    }

    private AbstractThrowableAssert<?, ?> refusedList(String models) throws IOException {
        Path file = Files.writeString(folder.resolve("models.yaml"), models);
        return assertThatThrownBy(() -> KnownModels.read(file))
                .isInstanceOfSatisfying(KemoException.class, e -> assertThat(e.category())
                        .isEqualTo(KemoException.Category.CONFIGURATION));
    }

    private String script(String content) throws IOException {
        Path script = Files.writeString(folder.resolve("maven"), "#!/bin/sh\n" + content);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script.toString();
    }

    /** Where a request begins. */
    private static long begin(String request) {
        return Long.parseLong(request.replaceFirst(".*bytes=(\\d+)-.*|.*", "0$1"));
    }

    private static long size(Path folder, String name) throws IOException {
        if (Files.notExists(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith(name))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static List<String> contents(Path model) throws IOException {
        try (Stream<Path> files = Files.walk(model)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> model.relativize(file).toString())
                    .filter(name -> !name.equals(StoredModel.RECORD))
                    .sorted()
                    .toList();
        }
    }
}
