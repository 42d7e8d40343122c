# Reference figures of MultilingualBertDataTest, by torch 2.15.0, transformers 5.24.0 and tokenizers 0.23.3. Run: python make.py MBERT, with
# the folder that Kemo makes of mBERT's checkpoint; writes states.json and masked.json beside this script.
import json
import sys
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import BertForMaskedLM, BertModel

HERE = Path(__file__).parent
COLUMNS = range(0, 768, 96)
TEXTS = """I am so glad that you came!
She felt lonely, and nobody seemed to notice.
Why would you say something like that to me?
The results were published on 12 March 2019.
he was terrified of the dark as a child
What a beautiful surprise :)
No.
Мен бүгін өте қуаныштымын.
Сен неге маған айтпадың?
Ол жылап отырып, терезеге қарады.
Бұл тамақ маған мүлде ұнамады, ақшаға обал.
Алматы – Қазақстанның ең ірі қаласы.
Қорықпа, мен осындамын!
Дүкен қызметі керемет, бәріне кеңес беремін
Я так рада, что ты приехала!
Он ушёл, не сказав ни слова.
Почему здесь всегда так холодно?
В 1961 году человек впервые полетел в космос.
Мне страшно оставаться одному.
Какая неожиданная встреча…
Спасибо, всё очень понравилось
Ich freue mich so, dass du da bist!
Er hat die ganze Nacht kein Auge zugetan.
Warum hast du mir nichts gesagt?
Die Straßenbahn fährt über die Brücke nach Köln.
Das war eine böse Überraschung.
Ohne dich wäre ich verloren.
Schade
我很高兴你来了!
她一个人坐在窗边哭。
你为什么不告诉我?
北京是中华人民共和国的首都。
他怕黑,晚上不敢出门。
这个餐厅的服务太差了,再也不来了。
好
أنا سعيد جدا لأنك أتيت!
جلست وحدها تبكي قرب النافذة.
لماذا لم تخبرني بذلك؟
القاهرة هي عاصمة مصر وأكبر مدنها.
يا لها من مفاجأة جميلة
أخاف من الظلام.
شكراً""".split("\n")
# Of each language eight beginnings with four endings each.
PARTS = [
    (
        "Yesterday evening|After the long meeting|To everyone's surprise|In the end|On my birthday|When the lights went out"
        "|For the third time this week|Before the exam",
        "my sister burst out laughing.|I could not stop crying!|nobody dared to speak|they were furious with the landlord…",
    ),
    (
        "Кеше кешке|Жиналыстан кейін|Бәріне таңғаларлық|Ақырында|Туған күнімде|Жарық сөнгенде|Осы аптада үшінші рет|Емтихан алдында",
        "әпкем қатты күлді.|мен жылауымды тоқтата алмадым!|ешкім сөйлеуге батылы бармады|олар көршісіне қатты ашуланды…",
    ),
    (
        "Вчера вечером|После долгого собрания|Ко всеобщему удивлению|В конце концов|В мой день рождения|Когда погас свет"
        "|В третий раз за неделю|Перед экзаменом",
        "моя сестра громко рассмеялась.|я не могла перестать плакать!|никто не решался заговорить|они очень разозлились на соседа…",
    ),
    (
        "Gestern Abend|Nach der langen Sitzung|Zur Überraschung aller|Am Ende|An meinem Geburtstag|Als das Licht ausging"
        "|Zum dritten Mal in dieser Woche|Vor der Prüfung",
        "lachte meine Schwester laut auf.|konnte ich nicht aufhören zu weinen!|wagte niemand zu sprechen|waren sie wütend auf den Vermieter…",
    ),
    (
        "昨天晚上|开完会以后|让大家吃惊的是|最后|我生日那天|停电的时候|这个星期第三次|考试之前",
        ",妹妹大笑起来。|,我忍不住哭了!|没有人敢说话|,他们对房东非常生气……",
    ),
]
for beginnings, endings in PARTS:
    space = "" if endings.startswith(",") else " "
    TEXTS += [beginning + space + ending for beginning in beginnings.split("|") for ending in endings.split("|")]

MASKED = ["Алматы – Қазақстанның ең ірі [MASK].", "Алматы - Қазақстанның ең ірі [MASK]"]


def write(name, rows):
    text = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (HERE / name).write_text("[" + text + "]\n", "utf-8")


def figures(row):
    return [round(float(row[column]), 6) for column in COLUMNS]


def states(model, tokenizer):
    for text in TEXTS:
        ids = tokenizer.encode(text).ids
        hidden = model(input_ids=torch.tensor([ids])).last_hidden_state[0]
        yield {
            "text": text,
            "tokens": len(ids),
            "first": figures(hidden[0]),
            "last": figures(hidden[-1]),
            "mean": figures(hidden.mean(0)),
            "average": round(float(hidden.double().mean()), 8),
        }


def masked(model, tokenizer):
    for text in MASKED:
        ids = tokenizer.encode(text).ids
        scores = model(input_ids=torch.tensor([ids])).logits[0, ids.index(tokenizer.token_to_id("[MASK]"))]
        best = scores.topk(5)
        words = [tokenizer.id_to_token(int(number)) for number in best.indices]
        yield {"text": text, "words": words, "scores": [round(float(score), 5) for score in best.values]}


folder = sys.argv[1]
tokenizer = Tokenizer.from_file(folder + "/tokenizer.json")
with torch.no_grad():
    write("states.json", states(BertModel.from_pretrained(folder).eval(), tokenizer))
    write("masked.json", masked(BertForMaskedLM.from_pretrained(folder).eval(), tokenizer))
