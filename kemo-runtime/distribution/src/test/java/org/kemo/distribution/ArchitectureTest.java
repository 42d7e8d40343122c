package org.kemo.distribution;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows: plugin to kemo-api, kemo-runtime to kemo-api, and no other. */
class ArchitectureTest {
    private static final String API = "org.kemo.api..";
    private static final String RUNTIME = "org.kemo.runtime..";
    private static final String COMMAND_LINE = "org.kemo.runtime.cli..";

    /** What keeps something for the whole process, each with the reason why it is the process's. */
    private static final Map<String, String> OF_THE_PROCESS = Map.of(
            "org.kemo.runtime.files.FolderLock",
            "the system gives locks on files to processes, among whose threads turns have to be taken",
            "org.kemo.runtime.onnxruntime.OnnxCalls",
            "the end of the process waits for all calls of ONNX Runtime",
            "org.kemo.runtime.onnxruntime.OnnxEnvironment",
            "a process has one environment of ONNX Runtime",
            "org.kemo.torch.Libtorch",
            "the number of OpenBLAS's threads is the process's, whose end waits for the call in progress");

    private static JavaClasses all;
    private static final Map<String, JavaClasses> PLUGINS = new TreeMap<>();

    @BeforeAll
    static void readTheClassesOfEveryModule() {
        all = new ClassFileImporter()
                .importPaths(Project.modules().stream()
                        .map(ArchitectureTest::classes)
                        .toList());
        for (Path plugin : Project.plugins()) {
            PLUGINS.put(plugin.getFileName().toString(), new ClassFileImporter().importPath(classes(plugin)));
        }
        assertThat(all).hasSizeGreaterThan(200);
        assertThat(PLUGINS.values()).allSatisfy(classes -> assertThat(classes).isNotEmpty());
    }

    @Test
    void theApiNeedsNothingHeavierThanPf4jAndALogger() {
        noClasses()
                .that()
                .resideInAPackage(API)
                .and()
                .resideOutsideOfPackage("org.kemo.api.testkit..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(API, "java..", "org.pf4j..", "org.slf4j..", "jakarta.inject..")
                .check(all);
    }

    @Test
    void noPluginReachesTheRuntime() {
        PLUGINS.forEach((plugin, classes) -> noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage(RUNTIME)
                .because("[" + plugin + "] is a plugin")
                .check(classes));
    }

    @Test
    void theRuntimeNamesNoPlugin() {
        Set<String> packages = PLUGINS.values().stream()
                .flatMap(classes -> packages(classes).stream())
                .collect(Collectors.toSet());
        noClasses()
                .that()
                .resideInAnyPackage(API, RUNTIME)
                .should()
                .dependOnClassesThat(residesIn(packages))
                .check(all);
    }

    @Test
    void aPluginKnowsOnlyThosePluginsThatItDeclares() throws IOException {
        for (String plugin : PLUGINS.keySet()) {
            Set<String> declared = declaredDependencies(plugin);
            Set<String> foreign = PLUGINS.entrySet().stream()
                    .filter(other -> !other.getKey().equals(plugin) && !declared.contains(other.getKey()))
                    .flatMap(other -> packages(other.getValue()).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
            foreign.removeAll(packages(PLUGINS.get(plugin)));
            noClasses()
                    .should()
                    .dependOnClassesThat(residesIn(foreign))
                    .because("[" + plugin + "] declares " + declared)
                    .check(PLUGINS.get(plugin));
        }
    }

    @Test
    void noTwoModulesShareAPackage() {
        Map<String, Set<String>> modules = new TreeMap<>();
        for (Path module : Project.modules()) {
            packages(new ClassFileImporter().importPath(classes(module)))
                    .forEach(name -> modules.computeIfAbsent(name, any -> new TreeSet<>())
                            .add(module.getFileName().toString()));
        }
        assertThat(modules).allSatisfy((name, in) -> assertThat(in).as(name).hasSize(1));
    }

    @Test
    void packagesOfTheRuntimeFormNoCycle() {
        slices().matching("org.kemo.runtime.(*)..").should().beFreeOfCycles().check(all);
    }

    @Test
    void packagesOfTheApiFormNoCycle() {
        slices().matching("org.kemo.api.(*)..").should().beFreeOfCycles().check(all);
    }

    @Test
    void nothingPrintsOrEndsTheProcessButTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage(COMMAND_LINE)
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(all);
        noClasses()
                .that()
                .resideOutsideOfPackage(COMMAND_LINE)
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(all);
    }

    @Test
    void everythingLogsThroughSlf4j() {
        GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(all);
        noClasses()
                .that()
                .resideOutsideOfPackage(COMMAND_LINE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ch.qos.logback..")
                .because("a program that embeds Kemo chooses what it logs with")
                .check(all);
    }

    @Test
    void nothingIsInjectedIntoFields() {
        noFields().should().beAnnotatedWith("jakarta.inject.Inject").check(all);
        noFields().should().beAnnotatedWith("com.google.inject.Inject").check(all);
    }

    @Test
    void nothingStaticChanges() {
        fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beFinal()
                .check(all);
        assertThat(all.stream().filter(ArchitectureTest::keepsState).map(JavaClass::getName))
                .containsExactlyInAnyOrderElementsOf(OF_THE_PROCESS.keySet());
    }

    /** By the types of its static fields, and by what is made for them: a set that changes may be declared as any. */
    private static boolean keepsState(JavaClass type) {
        Stream<JavaClass> declared = type.getFields().stream()
                .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                .map(JavaField::getRawType);
        Stream<JavaClass> made = type.getStaticInitializer().stream()
                .flatMap(begin -> Stream.concat(
                        begin.getConstructorCallsFromSelf().stream().map(JavaConstructorCall::getTargetOwner),
                        begin.getMethodCallsFromSelf().stream()
                                .map(call -> call.getTarget().getRawReturnType())));
        return Stream.concat(declared, made).anyMatch(ArchitectureTest::changes);
    }

    private static boolean changes(JavaClass type) {
        return type.isAssignableTo(ThreadLocal.class)
                || (type.getPackageName().startsWith("java.util.concurrent") && !type.isEnum())
                || (!type.isInterface() && (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class)));
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        for (Path module : Project.modules()) {
            try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
                List<Path> silent = files.filter(file -> file.toString().endsWith(".java"))
                        .map(Path::getParent)
                        .distinct()
                        .filter(folder -> !folder.endsWith("src/main/java"))
                        .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                        .toList();
                assertThat(silent).isEmpty();
            }
        }
    }

    private static Path classes(Path module) {
        return module.resolve("target/classes");
    }

    private static Set<String> packages(JavaClasses classes) {
        return classes.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static DescribedPredicate<JavaClass> residesIn(Set<String> packages) {
        return describe("reside in " + packages, type -> packages.contains(type.getPackageName()));
    }

    private static Set<String> declaredDependencies(String plugin) throws IOException {
        Path folder = Project.plugins().stream()
                .filter(path -> path.endsWith(plugin))
                .findFirst()
                .orElseThrow();
        Properties descriptor = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve("target/plugin.properties"))) {
            descriptor.load(reader);
        }
        return Arrays.stream(descriptor.getProperty("plugin.dependencies", "").split(","))
                .map(dependency -> dependency.replaceFirst("[@?].*", "").strip())
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toSet());
    }
}
