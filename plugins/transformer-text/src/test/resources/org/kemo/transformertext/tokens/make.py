# Reference sums of TokenIdsDataTest, by tokenizers 0.23.3. Run: python make.py DATA PIECES MBERT > sums.json, with the folder of the data
# sets, pieces.tsv.gz of XLM-R's tokenizer, and mBERT's tokenizer.json as Kemo writes it.
#
# A sum is the SHA-256, in UTF-8, of 500 texts' ids: one line a text, each ended by a line feed, ids decimal and joined by blanks.
import gzip
import hashlib
import json
import sys
from pathlib import Path

import tokenizers
from tokenizers import Tokenizer, processors

BLOCK = 500
HERE = Path(__file__).parent
DAIR_AI = [f"dair-emotion{language}/{side}.txt" for language in ["", "-kk"] for side in ["train", "val"]]
KAZSANDRA = "kazsandra/04_pc_valid.csv"


def lines(file):
    """Lines as they stand, ended by a line feed."""
    return file.read_bytes().decode().split("\n")[:-1]


def generated():
    fragments = json.loads((HERE / "fragments.json").read_text("utf-8"))
    texts = []
    state = 1
    for number in range(1000):
        text = ""
        for _ in range(1 + number % 12):
            state = (state * 1103515245 + 12345) % (1 << 31)
            pick = state >> 16
            text += fragments[pick % len(fragments)] + (" " if pick % 3 > 0 else "")
        texts.append(text)
    return texts + [fragment * (10000 // len(fragment)) for fragment in fragments]


def assembled(name, pieces):
    rows = []
    for line in gzip.open(pieces, "rt", encoding="utf-8", newline="\n"):
        number, piece, score = line.rstrip("\n").split("\t")
        if int(number) <= 250000:
            quoted = piece.replace("\\", "\\\\").replace('"', '\\"')
            rows.append(f'["{quoted}",{score}]')
    return (HERE / name).read_text("utf-8").replace("PIECES", ",".join(rows))


def sums(tokenizer, texts):
    every = []
    for start in range(0, len(texts), BLOCK):
        encoded = tokenizer.encode_batch(texts[start : start + BLOCK])
        ids = "".join(" ".join(str(number) for number in text.ids) + "\n" for text in encoded)
        every.append(hashlib.sha256(ids.encode()).hexdigest())
    return every


data, pieces, mbert = map(Path, sys.argv[1:])
texts = {file: [line.rpartition(";")[0] for line in lines(data / file)] for file in DAIR_AI}
texts[KAZSANDRA] = lines(data / KAZSANDRA)
texts["generated"] = generated()
sources = {"mbert": mbert.read_text("utf-8"), "xlm-r": assembled("xlm-r.json", pieces), "mbart": assembled("mbart.json", pieces)}
answer = {}
for name, source in sources.items():
    tokenizer = Tokenizer.from_str(source)
    if name == "mbart":
        # The language that the test asks for.
        kazakh, end = tokenizer.token_to_id("kk_KZ"), tokenizer.token_to_id("</s>")
        tokenizer.post_processor = processors.TemplateProcessing(
            single="kk_KZ $A </s>", special_tokens=[("kk_KZ", kazakh), ("</s>", end)]
        )
    answer[name] = {"tokenizer.json": [hashlib.sha256(source.encode()).hexdigest()]}
    answer[name] |= {file: sums(tokenizer, of) for file, of in texts.items()}
print(json.dumps(answer, indent=0))
print(tokenizers.__version__, sum(map(len, texts.values())), "texts", file=sys.stderr)
