#!/usr/bin/env python3
"""Make articles of the forms that the articles of the bench have only one or two of: verse, numbered lists, tables,
notices, questions and answers, name lists, index lines, captions, very short paragraphs.

    block_articles.py ARTICLES.json > BLOCKS.json
    block_articles.py ARTICLES.json --second > MORE.json    English, letters, tables with notes, results, imprints
    block_articles.py ARTICLES.json --roles > ROLES.json    articles whose units can be told apart by shape and place

The clauses come from the given articles, drawn at random. The models read widths, marks and shapes, but no words, so the
clauses need no sense. `bench/generate/make.py --articles` sets the articles as pages.
"""
import json
import random
import re
import sys

rng = random.Random(20261124)
articles = json.load(open(sys.argv[1], encoding="utf-8"))
text = [u["text"] for a in articles for u in a["units"] if u["role"] == "para" and a["script"] == "hans"]
clauses = sorted({c for t in text for c in re.split(r"[，。；：！？“”（）《》、—…‘’]", t) if 4 <= len(c) <= 18 and re.fullmatch(r"[\u4e00-\u9fff0-9.%A-Z]+", c)})
han = [c for c in clauses if re.fullmatch(r"[\u4e00-\u9fff]+", c)]
SURNAMES = "邱裴卓祁戚莫庞闻阮岑薄翟"
GIVEN = ["小满", "长庚", "一鸣", "芳", "立", "守仁", "玉珍", "海", "思雨", "建国", "桐", "晚秋"]
WORDS = ["玉米", "谷子", "小麦", "豆粕", "城关", "河东", "石桥", "柳林", "东岭", "北山", "语文", "数学", "英语", "甲组", "乙组", "晴", "多云", "小雨", "胜", "平", "负", "合格"]


def name():
    return rng.choice(SURNAMES) + rng.choice(GIVEN)


LATIN = ["GDP", "WTO", "LED", "5G", "AI", "PM2.5", "Green City", "Blue Harbor", "iPhone 15 Pro", "Windows 11", "10 kV", "50 km/h", "CEO David Lin"]


def latin():
    """A word that no line may break: Latin, an address, a long number."""
    r = rng.random()
    if r < 0.3:
        return "".join(rng.choice("abcdefghiklmnoprstuw") for _ in range(rng.randint(4, 9)))
    if r < 0.45:
        return "www." + "".join(rng.choice("aeinorstlg") for _ in range(rng.randint(5, 10))) + ".example"
    if r < 0.55:
        return "".join(rng.choice("aeinorst") for _ in range(rng.randint(3, 8))) + "@" + "".join(rng.choice("aeinorst") for _ in range(6)) + ".example"
    if r < 0.75:
        return f"{rng.randint(100000, 9999999)}.{rng.randint(10, 99)}万元"
    return rng.choice(LATIN)


def clause(lo=4, hi=18, pool=None):
    while True:
        c = rng.choice(pool or clauses)
        if lo <= len(c) <= hi:
            if pool is None and hi >= 18 and rng.random() < 0.05:
                cut = rng.randint(2, len(c))
                return c[:cut] + latin() + c[cut:]
            return c


def sentence(n=None, stop="。"):
    return "，".join(clause() for _ in range(n or rng.randint(1, 5))) + stop


def para(lo=1, hi=5):
    return "".join(sentence() for _ in range(rng.randint(lo, hi)))


def unit(role, t):
    return {"role": role, "text": t}


def headline():
    a, b = clause(5, 12, han), clause(5, 12, han)
    return unit("headline", rng.choice([a, f"{a}/{b}", f"{a} {b}", f"“{a[:3]}”{a[3:]}"]))


def numbers(style, n):
    han_digits = "一二三四五六七八九十"
    return {
        "1.": lambda: f"{n}.", "1、": lambda: f"{n}、", "一、": lambda: han_digits[n - 1] + "、", "（一）": lambda: f"（{han_digits[n - 1]}）",
        "（1）": lambda: f"（{n}）", "①": lambda: chr(0x2460 + n - 1), "第一条": lambda: f"第{han_digits[n - 1]}条 ", "●": lambda: "●",
        "■": lambda: "■", "▲": lambda: "▲", "一是": lambda: han_digits[n - 1] + "是", "★": lambda: "★",
    }[style]()


def listing():
    style = rng.choice(["1.", "1.", "1、", "一、", "一、", "（一）", "（一）", "（1）", "①", "第一条", "●", "■", "▲", "一是", "★"])
    count = rng.randint(3, 9)
    ends = rng.choice(["；", "；", "。", "", "mixed"])
    long = rng.choice([1, 1, 2, 4])
    items = []
    for n in range(1, count + 1):
        body = "，".join(clause() for _ in range(rng.randint(1, long)))
        if rng.random() < 0.2:
            body = clause(4, 6, han) + "：" + body
        end = rng.choice(["；", "。"]) if ends == "mixed" else ends
        items.append(unit("para", numbers(style, n) + body + ("。" if n == count and ends == "；" else end)))
    units = [headline(), unit("para", para(1, 2)[:-1] + rng.choice(["：", "。"]))] + items
    if rng.random() < 0.6:
        units.append(unit("para", para(1, 3)))
    return units


def verse():
    kind = rng.choice(["free", "free", "marks", "five", "seven", "lyric", "long"])
    units = [unit("headline", clause(4, 9, han))]
    if rng.random() < 0.7:
        units.append(unit("byline", name()))
    lines = rng.randint(6, 18)
    if kind in ("five", "seven"):
        n = 5 if kind == "five" else 7
        for k in range(rng.choice([4, 8, 12])):
            c = (clause(5, 18, han) + clause(5, 18, han))[:n]
            units.append(unit("verse", c + ("，" if k % 2 == 0 else rng.choice(["。", "。", "。", "；", "？", "！"]))))
        return units
    for k in range(lines):
        if k and k % 6 == 0 and rng.random() < 0.3:
            units.append(unit("subhead", clause(4, 6, han)))
        lo, hi = (8, 18) if kind == "long" else (4, 12)
        c = clause(lo, hi, han)
        if kind == "lyric" and k % 4 == 3:
            c = units[2]["text"] if len(units) > 2 else c
        if kind == "marks":
            c = c.rstrip("，。") + rng.choice(["，", "，", "。", "，", "……", ""])
        units.append(unit("verse", c))
    return units


def table():
    columns = rng.randint(3, 7)
    cell = lambda: rng.choice([lambda: str(rng.randint(0, 99)), lambda: f"{rng.randint(0, 999)}.{rng.randint(0, 9)}", lambda: rng.choice(WORDS), lambda: f"{rng.randint(1, 99)}%", lambda: name()])()
    kinds = [rng.choice(["n", "n", "d", "w"]) for _ in range(columns - 1)]
    rows = [unit("row", "|".join(rng.choice(["名次", "姓名", "项目", "城市", "场次", "积分", "单价", "数量", "备注", "时间"]) for _ in range(columns)))]
    for _ in range(rng.randint(3, 8)):
        cells = [rng.choice([name(), rng.choice(WORDS)])]
        for k in kinds:
            cells.append({"n": str(rng.randint(0, 120)), "d": f"{rng.randint(0, 99)}.{rng.randint(0, 9)}", "w": rng.choice(WORDS)}[k])
        rows.append(unit("row", "|".join(cells)))
    out = [headline(), unit("para", para(1, 3))] + rows
    if rng.random() < 0.5:
        out.append(unit("para", para(1, 2)))
    return out


def notice():
    out = [unit("headline", rng.choice(["公告", "遗失声明", "招聘启事", "通告", "讣告", "拍卖公告", "更正", "通知", "致歉声明"]))]
    for _ in range(rng.randint(1, 5)):
        out.append(unit("short" if rng.random() < 0.6 else "para", clause() + rng.choice(["，", "："]) + "，".join(clause() for _ in range(rng.randint(1, 3))) + rng.choice(["。", "。", ""])))
    if rng.random() < 0.6:
        out += [unit("sign", clause(6, 12, han)), unit("sign", f"20{rng.randint(10, 23)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日")]
    return out


def advert():
    return [unit("short", rng.choice([clause(4, 12), clause(4, 8, han) + " " + clause(4, 8, han), f"电话：0{rng.randint(300, 399)}-{rng.randint(2000000, 8999999)}", f"地址：{clause(4, 10, han)}{rng.randint(1, 200)}号"])) for _ in range(rng.randint(3, 8))]


def questions():
    a, b = rng.choice([("问", "答"), ("记者", name()), ("记者", name()), ("编辑", name())])
    out = [headline()]
    if rng.random() < 0.5:
        out.append(unit("para", para(1, 3)))
    for _ in range(rng.randint(2, 6)):
        out.append(unit("para", f"{a}：" + sentence(rng.randint(1, 2), "？")))
        out.append(unit("para", f"{b}：" + para(1, 4)))
        if rng.random() < 0.25:
            out.append(unit("para", para(1, 3)))
    return out


def names():
    out = [headline()]
    for _ in range(rng.randint(2, 4)):
        out.append(unit("short", clause(4, 8, han)))
        out += [unit("row", "|".join(name() for _ in range(rng.randint(3, 6)))) for _ in range(rng.randint(1, 4))]
    return out


def index():
    dots = rng.choice(["……", "…………", "……………"])
    return [unit("kicker", rng.choice(["本版导读", "今日导读", "导读", "要目"]))] + [unit("contents", clause(6, 14) + dots + f"{rng.randint(2, 16)}版") for _ in range(rng.randint(3, 7))]


def captions():
    return [unit("caption", rng.choice(["图为", "", "", "▲", "上图："]) + para(1, 2) + rng.choice(["本报记者 ", "", "通讯员 "]) + name() + " 摄") for _ in range(rng.randint(2, 4))]


def prose():
    out = [headline()]
    if rng.random() < 0.4:
        out.append(unit("byline", rng.choice(["本报记者 " + name(), name(), "□ 本报记者 " + name() + " 通讯员 " + name()])))
    first = rng.choice([f"本报讯（记者 {name()}）", f"新华社省城{rng.randint(1, 12)}月{rng.randint(1, 28)}日电 ", "", "", f"本报讯 （记者 {name()} 通讯员 {name()}）"])
    out.append(unit("para", first.replace("讯 （", "讯（") + para(2, 4)))
    for k in range(rng.randint(3, 10)):
        r = rng.random()
        if r < 0.35:
            out.append(unit("para", sentence(1, rng.choice("。？！"))))
        elif r < 0.45:
            out.append(unit("para", "“" + sentence(rng.randint(1, 3), rng.choice("。？！")) + "”"))
        elif r < 0.55 and k:
            out.append(unit("subhead", rng.choice([clause(4, 8, han), clause(4, 7, han) + " " + clause(4, 7, han), "一、" + clause(4, 8, han), clause(9, 16, han)])))
            out.append(unit("para", para(2, 5)))
        else:
            out.append(unit("para", para(1, 5)))
    if rng.random() < 0.15:
        out.append(unit("sign", rng.choice([f"（作者单位：{clause(5, 10, han)}）", f"（{clause(4, 8, han)} {name()}）", "（据新华社）"])))
    return out


SYLLABLES = ["ran", "mel", "to", "der", "ing", "pa", "se", "vol", "ti", "com", "ner", "al", "est", "ri", "un", "o"]


def english_word():
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(1, 3)))


def english_sentence():
    words = [rng.choice(["the", "a", "of", "in", "and", "to", "was", str(rng.randint(2, 2023)), english_word(), english_word(), english_word(), english_word()]) for _ in range(rng.randint(5, 18))]
    words[0] = words[0].capitalize()
    if rng.random() < 0.3:
        words[rng.randint(1, len(words) - 2)] += ","
    s = " ".join(words) + rng.choice("....?")
    return f'"{s[:-1]}," {rng.choice(["said", "wrote"])} {english_word().capitalize()}.' if rng.random() < 0.15 else s


def english():
    out = [unit("headline", " ".join(english_word() for _ in range(rng.randint(3, 7))).capitalize())]
    if rng.random() < 0.4:
        out.append(unit("byline", f"By {english_word().capitalize()} {english_word().capitalize()}"))
    return out + [unit("para", " ".join(english_sentence() for _ in range(rng.randint(1, 4)))) for _ in range(rng.randint(3, 7))]


def letters():
    out = []
    for _ in range(rng.randint(1, 3)):
        out += [headline(), unit("para", rng.choice(["编辑同志：", "编辑同志：", "编辑：", "尊敬的读者：", clause(4, 8, han) + "："]))]
        out += [unit("para", para(1, 4)) for _ in range(rng.randint(1, 4))]
        out += [unit("sign", rng.choice([f"读者 {name()}", f"{clause(4, 6, han)} {name()}", f"一位{rng.choice(['读者', '母亲', '乘客'])}"]))]
        if rng.random() < 0.4:
            out.append(unit("sign", f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日"))
    if rng.random() < 0.4:
        out.append(unit("para", rng.choice(["编后：", "编者按："]) + para(1, 2)))
    return out


def noted_table():
    out = table()
    rows = [k for k, u in enumerate(out) if u["role"] == "row"]
    note = unit("short", f"（单位：{rng.choice(['元', '吨', '万元', '元/500克', '公斤', '毫米'])}）")
    out.insert(rng.choice([rows[0], rows[-1] + 1, rows[-1] + 1]), note)
    if out[-1]["role"] != "para":
        out.append(unit("para", para(1, 3)))
    return out


def couplets():
    """Regulated verse with a couplet to each line."""
    out = []
    for _ in range(rng.randint(1, 2)):
        out += [unit("headline", clause(4, 7, han)), unit("byline", name())]
        n = rng.choice([5, 7])
        half = lambda: (clause(5, 18, han) + clause(5, 18, han))[:n]
        out += [unit("verse", half() + "，" + half() + rng.choice("。。。？！")) for _ in range(rng.choice([2, 4, 4]))]
    out.append(unit("para", para(1, 3)))
    return out


HEADS = ["一等奖", "二等奖", "三等奖", "优秀奖", "男子组", "女子组", "团体", "甲组", "乙组", "少年组"]


def results():
    """Scores under the names of their groups."""
    out = [headline()] + ([unit("para", para(1, 2))] if rng.random() < 0.4 else [])
    for _ in range(rng.randint(2, 3)):
        out.append(unit("short", rng.choice(HEADS)))
        out += [unit("row", f"{clause(4, 5, han)}|{rng.randint(0, 4)}∶{rng.randint(0, 4)}|{clause(4, 5, han)}") for _ in range(rng.randint(2, 5))]
    return out + ([unit("para", para(1, 2))] if rng.random() < 0.4 else [])


def attendance():
    """A clean sentence that runs into a list of names, and lists under their headings."""
    out = [headline(), unit("para", para(1, 2)[:-1] + rng.choice(["。名单如下：", "。获奖名单如下：", "：", "，名单公布如下："]))]
    for _ in range(rng.randint(2, 4)):
        out.append(unit("short", rng.choice([clause(4, 6, han), rng.choice(HEADS)]) + rng.choice(["", f"（{rng.randint(2, 40)}人）", "："])))
        out += [unit("row", "|".join(name() for _ in range(rng.randint(3, 5)))) for _ in range(rng.randint(1, 3))]
    if rng.random() < 0.7:
        out.append(unit("para", f"{clause()}的{clause(4, 6, han)}有：" + " ".join(name() for _ in range(rng.randint(6, 20))) + "。"))
    if rng.random() < 0.5:
        out.append(unit("para", para(1, 2)))
    return out


def imprint():
    """The lines at the foot of a page, and small advertisements with fields."""
    lines = [f"责任编辑：{name()} 版式：{name()} 校对：{name()}", f"本版投稿邮箱：{'abdefg'[rng.randint(0, 5)]}{rng.randint(10, 99)}@paper.example", f"地址：{clause(4, 6, han)}{rng.randint(1, 90)}号 邮编：0{rng.randint(30000, 49999)} 印刷：{clause(4, 6, han)}印务中心", f"广告热线 0{rng.randint(300, 399)}—{rng.randint(2000000, 8999999)}", f"零售价：{rng.randint(1, 3)}.50元", f"电话：{rng.randint(2000000, 8999999)} 传真：{rng.randint(2000000, 8999999)}", f"发行部电话 {rng.randint(2000000, 8999999)}"]
    rng.shuffle(lines)
    return prose() + [unit("short", x) for x in lines[: rng.randint(3, 6)]]


ORDINALS = ["一", "二", "三", "四", "五"]


def block():
    """A headline with what may stand around it."""
    lo, hi = rng.choice([(4, 8), (6, 12), (8, 16)])
    out = []
    if rng.random() < 0.5:
        out.append(unit("kicker", rng.choice([clause(5, 16, han), clause(4, 8, han) + " " + clause(4, 8, han), rng.choice(["全市", "县里", "两会", "聚焦", "走进", "对话", "新春"]) + clause(4, 8, han)])))
    out.append(unit("headline", rng.choice([clause(lo, hi, han), f"{clause(lo, hi, han)}/{clause(lo, hi, han)}", f"{clause(4, 8, han)} {clause(4, 8, han)}", f"“{clause(4, 6, han)}”{clause(4, 8, han)}"])))
    if rng.random() < 0.4:
        out.append(unit("deck", rng.choice(["——", "——", "", ""]) + clause(6, 18, han)))
    return out


def lead():
    return rng.choice([f"本报讯（记者 {name()}）", "本报讯 ", f"本报{rng.randint(1, 12)}月{rng.randint(1, 28)}日讯（通讯员 {name()}）", f"新华社省城{rng.randint(1, 12)}月{rng.randint(1, 28)}日电（记者 {name()}）", "", ""])


def featured():
    """A long story: kicker, deck, byline, subheads as long as each other, a caption at its end."""
    out = block()
    pictured = rng.random() < 0.4
    if rng.random() < 0.7:
        out.append(unit("byline", rng.choice([f"本报记者 {name()}", f"□ 本报记者 {name()}", f"本报记者 {name()} 通讯员 {name()}", f"记者 {name()}", f"{name()}"]) + (" 文/图" if pictured else "")))
    out += [unit("para", (lead() if k == 0 else "") + para(1, 4)) for k in range(rng.randint(1, 3))]
    n, numbered = rng.randint(4, 9), rng.random() < 0.2
    for k in range(rng.choice([0, 2, 2, 3, 3, 4, 5])):
        head = clause(max(4, n - 1), n + 1, han) if rng.random() < 0.7 else clause(4, 6, han) + " " + clause(4, 6, han)
        out.append(unit("subhead", (ORDINALS[k] + "、" if numbered else "") + head))
        out += [unit("para", rng.choice([para(1, 4), para(2, 5), sentence(2, rng.choice("。！？")), "“" + sentence(2) + "”" + clause(4, 8) + "。"])) for _ in range(rng.randint(1, 4))]
    if pictured or rng.random() < 0.15:
        out.append(unit("caption", rng.choice([f"图为{clause(5, 14, han)}。", clause(6, 16) + "。", f"{clause(6, 14)}，{clause(4, 10)}。", f"{clause(6, 14)}（资料图片）"]) + rng.choice(["", f"{name()} 摄", f"本报记者 {name()} 摄"]) if not pictured else rng.choice(["图为", ""]) + clause(6, 18) + "。"))
    return out


def brief():
    """A short story, sometimes continued elsewhere."""
    out = block()
    out += [unit("para", (lead() if k == 0 else "") + para(1, 3)) for k in range(rng.randint(1, 4))]
    r = rng.random()
    if r < 0.15:
        out.append(unit("jump", f"（下转第{rng.randint(2, 8)}版）"))
    elif r < 0.3:
        out.append(unit("para", f"（{rng.choice(['据新华社', '完', '本报综合', '新华社发'])}）"))
    return out


def continued():
    return [unit("headline", clause(5, 12, han)), unit("resume", f"（上接第{rng.choice('1234一二三')}版）")] + [unit("para", para(1, 4)) for _ in range(rng.randint(1, 4))]


def lost():
    """Small notices under one headline."""
    out = [unit("headline", rng.choice(["遗失声明", "分类广告", "声明", "遗失公告", "便民信息", "公告栏"]))]
    for _ in range(rng.randint(2, 7)):
        number = "".join(rng.choice("0123456789") for _ in range(rng.randint(6, 14)))
        out.append(unit("short", rng.choice([
            f"{name()}遗失{rng.choice(['身份证', '驾驶证', '残疾证', '就业证', '警官证', '房屋所有权证'])}，{rng.choice(['证号', '编号', '号码'])}{number}，{rng.choice(['声明作废', '现声明作废', '特此声明'])}。",
            f"{clause(4, 8, han)}{rng.choice(['公司', '商店', '经销部', '合作社'])}{rng.choice(['遗失', '丢失'])}{rng.choice(['公章一枚', '营业执照副本', '税务登记证', '发票一本'])}，{rng.choice(['编号', '代码'])}{number}，声明作废。",
            f"{rng.choice(['旺铺转让', '房屋出租', '急售', '招租', '诚聘', '急聘', '求购'])}{rng.choice(['：', ' '])}{clause(4, 12)}，{clause(4, 8)}，{rng.choice(['电话', '联系电话：', '手机 '])}1{number[:10]}",
            f"{rng.choice(['诚聘', '急聘', '招聘'])} {rng.choice(['厨师', '保安', '导购', '会计'])}{rng.randint(1, 9)}名 {rng.choice(['月薪', '待遇'])}{rng.randint(20, 60)}00元",
        ])))
    return out


def display_advert():
    """Lines of an advertisement, each a line of its own."""
    lines = [clause(4, 8, han) + " " + clause(4, 8, han), clause(4, 6, han) + " " + clause(4, 5, han) + " " + clause(4, 5, han), clause(5, 12, han), f"凭{clause(4, 8, han)}优惠{rng.randint(1, 9)}00元", f"{rng.choice(['咨询热线', '订购热线', '报名电话', '电话：', '热线'])} {rng.choice(['400-818-', '0358-'])}{rng.randint(1000, 9999)}{rng.randint(10, 99)}", f"地址：{clause(4, 8, han)}{rng.randint(1, 200)}号", f"{rng.choice('ABC')}1 {rng.choice('ABC')}2 {clause(4, 6, han)}", f"{clause(4, 6, han)}第{rng.randint(2, 20)}届{clause(4, 6, han)}"]
    rng.shuffle(lines)
    return [unit("short", x) for x in lines[: rng.randint(3, 7)]]


def decree():
    """An announcement with those who sign it."""
    out = [unit("headline", rng.choice([f"关于{clause(6, 14, han)}的{rng.choice(['通告', '公告', '通知', '决定'])}", rng.choice(["公告", "通告", "通知"])]))]
    out.append(unit("para", para(1, 2)))
    out += [unit("para", f"{ORDINALS[k]}、{clause(4, 8, han)}：{sentence(2)}") for k in range(rng.randint(0, 4))]
    for _ in range(rng.choice([1, 1, 2])):
        out.append(unit("sign", clause(4, 9, han) + rng.choice(["局", "委员会", "办公室", "人民政府", "公安局", "中心", "管理处", "公司", "总队"])))
    out.append(unit("sign", f"20{rng.randint(10, 23)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"))
    return out


def essay():
    """A piece for the supplement, its author named alone."""
    out = [unit("headline", clause(4, 8, han)), unit("byline", rng.choice([name(), name(), "□ " + name(), "文/" + name(), "作者 " + name()]))]
    for _ in range(rng.randint(4, 10)):
        out.append(unit("para", rng.choice([para(1, 4), sentence(1, rng.choice("。！？")), sentence(2)])))
    if rng.random() < 0.3:
        out.append(unit("sign", rng.choice([f"（作者单位：{clause(5, 10, han)}）", f"（{clause(4, 8, han)} {name()}）"])))
    return out


def coded_table():
    """A table whose cells are codes, or whose head has a unit in each cell."""
    out = block() + [unit("para", lead() + para(1, 2))]
    coded = rng.random() < 0.5
    columns = rng.randint(3, 4)
    head = [rng.choice(["号牌", "编号", "站名", "品名", "项目", "指标", "线路"])] + [rng.choice(["余额", "同比", "产量", "比年初", "均价", "次数", "违法行为", "结果"]) + ("" if coded else rng.choice(["（亿元）", "（%）", "（吨）", "（元/公斤）"])) for _ in range(columns - 1)]
    out.append(unit("row", "|".join(head)))
    for _ in range(rng.randint(3, 7)):
        first = "临" + rng.choice("ABCD") + "·" + "".join(rng.choice("0123456789XAK") for _ in range(5)) if coded else rng.choice([clause(4, 6, han), rng.choice(WORDS)])
        rest = [rng.choice([rng.choice(["闯红灯", "逾期未检", "占用车道", "合格", "不合格"]), clause(4, 7, han)]) if coded and k == 0 else rng.choice([str(rng.randint(1, 9)), f"{rng.randint(1, 3999)}.{rng.randint(0, 9)}", f"{rng.randint(1, 90)}.{rng.randint(0, 9)}"]) for k in range(columns - 1)]
        out.append(unit("row", "|".join([first] + rest)))
    out.append(unit("para", para(1, 2)))
    return out


def cycle():
    """Short poems under one title, each with a title of its own."""
    out = [unit("headline", clause(4, 8, han) + rng.choice(["", "（外二首）", "（组诗）"])), unit("byline", name())]
    numbered = rng.random() < 0.3
    for k in range(rng.randint(2, 4)):
        title = clause(4, 18, han)
        out.append(unit("subhead", ORDINALS[k] if numbered else title[: rng.choice([1, 1, 2, 2, 3, 4, 6])]))
        lo, hi = rng.choice([(4, 9), (5, 12), (7, 14)])
        ends = rng.choice([[""], [""], ["，", "。", ""], ["，", "。"]])
        out += [unit("verse", clause(lo, hi, han) + rng.choice(ends)) for _ in range(rng.randint(3, 8))]
    return out


ROLES = [(cycle, 14), (featured, 80), (brief, 24), (continued, 6), (lost, 12), (display_advert, 10), (decree, 12), (essay, 14), (coded_table, 12), (letters, 8), (captions, 4)]
FORMS = ROLES if "--roles" in sys.argv else [(english, 16), (letters, 12), (noted_table, 6), (couplets, 8), (attendance, 8), (results, 8), (imprint, 8)] if "--second" in sys.argv else [(verse, 22), (listing, 26), (table, 14), (notice, 14), (advert, 6), (questions, 10), (names, 6), (index, 5), (captions, 6), (prose, 40)]
out = []
for form, count in FORMS:
    for k in range(count):
        out.append({"id": f"{form.__name__}{k}", "kind": form.__name__, "script": "hans", "units": form()})
json.dump(out, sys.stdout, ensure_ascii=False, indent=0)
