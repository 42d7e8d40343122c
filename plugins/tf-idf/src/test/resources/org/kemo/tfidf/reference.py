# scikit-learn 1.9.1: prints the words and the rows that TfIdfEncoderTest holds.
from sklearn.feature_extraction.text import TfidfVectorizer
training = ["i feel so sad so alone", "i feel Happy today", "Мен бүгін бақыттымын", "мен қайғылымын today"]
asked = ["so so happy today", "мен бүгін sad feel feel", "nothing of it"]
for longest in 1, 2:
    vectorizer = TfidfVectorizer(ngram_range=(1, longest)).fit(training)
    rows = vectorizer.transform(asked).toarray()
    for row in rows:
        print(longest, {word: round(float(row[at]), 9) for word, at in vectorizer.vocabulary_.items() if row[at]})
