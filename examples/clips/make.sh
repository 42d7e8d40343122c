#!/usr/bin/env bash
# Makes the clips of `kemo demo` with espeak-ng 1.51 and sox 14.4: synthetic voices, no person recorded. Run in this folder.
# A row: id, voice, pitch 0-99, words a minute, gain in dB. The words are those of clips.csv.
set -euo pipefail
cd "$(dirname "$0")"
say() {
    words=$(python3 -c 'import csv,sys; print(next(r["text"] for r in csv.DictReader(open("clips.csv", encoding="utf-8")) if r["id"] == sys.argv[1]))' "$1")
    espeak-ng -v "$2" -p "$3" -s "$4" -w "$1.wav" "$words"
    sox -R "$1.wav" -r 16000 -b 16 "$1.flac" gain "$5" pad 0.2 0.2 && rm "$1.wav"
}
say kk-happy     kk+f3    75 185 -2
say kk-sad       kk+m3    25 125 -10
say kk-angry     kk+m1    60 205 0
say en-happy     en-us+f2 75 190 -2
say en-scared    en-us+f4 85 215 -4
say en-contrary  en-us+m7 20 130 -12
