package org.kemo.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;
import org.kemo.api.KemoException.Category;

class KemoExceptionTest {
    @Test
    void tellsThreadsThatRanOutFromMemoryThatDid() {
        KemoException memory = KemoException.of(new OutOfMemoryError("Java heap space"));
        KemoException threads = KemoException.of(new OutOfMemoryError(
                "unable to create native thread: possibly out of memory or process/resource limits reached"));

        assertThat(memory.category()).isEqualTo(Category.DEVICE);
        assertThat(memory.remedy()).contains("-Xmx");
        assertThat(threads.category()).isEqualTo(Category.DEVICE);
        assertThat(threads.remedy()).contains("ulimit -u").doesNotContain("-Xmx");
    }

    @Test
    void saysHowMoreFilesAreOpenedWhateverTheyAreFor() {
        FileSystemException cause = new FileSystemException("clip.wav", null, "Too many open files");
        KemoException failure = KemoException.input("The file [clip.wav] cannot be read: [" + cause + "].", "Look.");

        assertThat(failure.causedBy(cause).remedy()).contains("ulimit -n");
        assertThat(failure.causedBy(cause).category()).isEqualTo(Category.INPUT);
        assertThat(failure.causedBy(new UncheckedIOException(cause)).remedy()).contains("ulimit -n");
        assertThat(failure.causedBy(new FileSystemException("clip.wav")).remedy())
                .isEqualTo("Look.");
    }
}
