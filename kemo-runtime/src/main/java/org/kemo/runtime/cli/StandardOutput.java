package org.kemo.runtime.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Standard output, for a reader that may end when it has read enough, as {@code head} does: that is no failure of the command. */
final class StandardOutput extends FilterOutputStream {
    private boolean unread;

    StandardOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int bits) throws IOException {
        write(new byte[] {(byte) bits}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        if (unread) {
            return;
        }
        try {
            out.write(bytes, from, count);
        } catch (IOException e) {
            // The operating system's words: Java has no type for it.
            if (!"Broken pipe".equals(e.getMessage())) {
                throw e;
            }
            unread = true;
        }
    }
}
