package org.kemo.runtime.audio;

import java.nio.charset.StandardCharsets;

/** The file formats, known by their first bytes. */
enum Container {
    WAV,
    FLAC,
    OTHER;

    /** How many bytes it takes to tell. */
    static final int SIGNATURE_LENGTH = 12;

    /** What a file with these first bytes is; a short file gives fewer bytes. */
    static Container of(byte[] beginning) {
        String signature = new String(beginning, StandardCharsets.ISO_8859_1);
        // Some taggers put an ID3 block in front of FLAC; MP3 files have one too, which the decoder finds out.
        if (signature.startsWith("fLaC") || signature.startsWith("ID3")) {
            return FLAC;
        }
        boolean riff = signature.startsWith("RIFF") || signature.startsWith("RF64");
        return riff && signature.startsWith("WAVE", 8) ? WAV : OTHER;
    }
}
