"""The matter of pages that are made of sections: columns with a name, blocks of rows with a head, poems, captions, columns of small
pieces. For the roles of units; `docs/format.md` says what each role is.

Each kind is a function that returns units, as in `matter.py`. `KINDS` lists them by name.
"""
from matter import DISHES, GOODS, HAN_DIGITS, SKIES, TOWNS, Unit

COLUMNS = ["今日谈", "对话", "人物", "一线见闻", "周末读书", "民生热线", "本埠新闻", "旧事", "街谈", "小品", "诗歌", "散文", "杂谈", "讲述", "影像", "观察", "求证",
           "记者手记", "读者来信", "百姓话题", "长篇连载", "新书架", "收藏", "科普", "健康", "教育", "旅游", "体坛", "财经", "法治", "生活", "家庭", "青年", "校园"]
PICTURED = ["图为", "上图", "下图", "右图", "左图", "图①", "图1", "题图", "▲", "▼", "△", "←", "↑", "图片说明"]
MARKS = ["●", "■", "◆", "▲", "△", "○", "◎", "★", "☆", "□", "◇", "※"]
LABELS = ["编者按", "编后", "点评", "链接", "背景", "名词解释", "相关新闻", "专家提醒", "小贴士", "注意事项", "延伸阅读", "律师说法", "记者观察", "快评"]


def title(p, low=3, high=12):
    """The words of a head."""
    return p.one(p.phrase(low, high), p.phrase(low, high), p.phrase(low, min(high, 6)) + p.one(" ", "，", "：") + p.phrase(3, 8)) if high > 7 else p.phrase(low, high)


def column(p):
    """The name of a column above one article, or nothing."""
    name = p.one(p.rng.choice(COLUMNS), p.rng.choice(COLUMNS), p.phrase(2, 5))
    form = p.one("{}", "{}", "【{}】", "■{}", "·{}·", "[{}]", "{}①", "◎{}")
    return [Unit("kicker", form.format(name))] if p.odds(0.4) else []


def page_name(p):
    """What the head of a page says of the page."""
    name = p.town() + p.one("日报", "晚报", "新報", "周刊", "月刊", "早报")
    forms = [
        lambda: name, lambda: p.rng.choice(COLUMNS) + p.one("周刊", "专版", "副刊"), lambda: f"{name} {p.date()} 星期{p.rng.choice('一二三四五六日')} {p.rng.choice(COLUMNS)} {p.n(1, 16):02d}",
        lambda: f"{p.date()} 第{p.n(1, 16)}版", lambda: f"20{p.n(10, 25)}年第{p.n(1, 12)}期（总第{p.n(10, 400)}期）", lambda: f"{name} {p.rng.choice(COLUMNS)} A{p.n(1, 16)}",
        lambda: f"第{HAN_DIGITS[p.n(0, 8)]}版", lambda: f"本版编辑：{p.name()} 美编：{p.name()}", lambda: f"责任编辑 {p.name()} 电话 {p.phone()}",
    ]
    return [Unit("furniture", p.rng.choice(forms)()) for _ in range(p.n(1, 3))] if p.odds(0.6) else []


def imprint(p):
    """The lines about the paper at the foot of a page."""
    lines = [f"{p.one('主管', '主管单位')}：{p.office()}", f"主编：{p.name()} 副主编：{p.name()}", f"社址：{p.town()}{p.phrase(2, 4)}路{p.n(1, 200)}号", f"邮编：{p.number(6)}", f"印刷：{p.town()}日报印务有限公司", f"定价：{p.n(1, 20)}.00元", f"本报地址：{p.town()}大街{HAN_DIGITS[p.n(0, 8)]}号", f"每逢{p.one('一、三、五', '三、六、九')}日出版", f"每份售价{HAN_DIGITS[p.n(1, 8)]}分", f"发行部电话：{p.phone()}", f"国内统一连续出版物号CN{p.n(10, 65)}-00{p.n(10, 99)}", f"广告热线：{p.phone()} 投稿邮箱：{p.rng.choice('abcdef')}{p.n(10, 999)}@paper.example"]
    p.rng.shuffle(lines)
    return [Unit("furniture", line) for line in lines[: p.n(1, 5)]] if p.odds(0.4) else []


def headlines(p):
    """A headline block: kicker, headline in one line or two, deck."""
    out = column(p)
    if p.odds(0.25):
        out.append(Unit("kicker", title(p, 6, 14)))
    out += [Unit("headline", title(p, 4, 16)) for _ in range(p.one(1, 1, 1, 2))]
    if p.odds(0.4):
        deck = p.one(lambda: "——" + title(p, 5, 14), lambda: f"（{p.date()}）", lambda: f"（自{p.date()}起{p.one('执行', '施行')}）", lambda: f"——{p.date()}在{p.town()}{p.phrase(3, 6)}会议上的{p.one('报告', '讲话')}", lambda: title(p, 8, 16), lambda: f"（{p.date()}{p.town()}人民代表大会常务委员会第{p.n(2, 40)}次会议通过）")
        out += [Unit("deck", deck()) for _ in range(p.one(1, 1, 1, 2))]
    return out


def bylines(p):
    """Who wrote it, above the text."""
    forms = [
        lambda: "本报记者" + p.one(" ", "", "　") + p.name(), lambda: f"本报记者 {p.name()} 通讯员 {p.name()} {p.name()}", lambda: p.one("□", "■", "◎", "○", "□ ", "·") + p.name(), lambda: p.name(),
        lambda: p.one("文/", "文／", "撰文/", "◎文／") + p.name(), lambda: "本报评论员" + p.one("", " " + p.name()), lambda: f"{p.town()}{p.one('市长', '县长', '主任')} {p.name()}", lambda: f"{p.town()}{p.one('小学', '中学', '师范学院')} {p.name()}",
        lambda: f"{p.one('编剧', '整理', '口述', '采写')}：{p.name()}", lambda: f"通讯员 {p.name()}", lambda: f"记者 {p.name()} 报道", lambda: p.name() + p.one("著", " 著"),
    ]
    return [Unit("byline", p.rng.choice(forms)()) for _ in range(p.one(1, 1, 2))] if p.odds(0.65) else []


def caption(p):
    """What is below a picture."""
    lead = p.one(p.rng.choice(PICTURED), p.rng.choice(PICTURED) + p.one("：", "，", ""), p.date() + "，", "")
    who = p.one("", "", f"（{p.one('左一', '右', '中', '前排左三', '右三')}）")
    credit = p.one("", f"{p.name()} 摄", f"（{p.name()}摄）", "（受访者供图）", "（资料图片）", "新华社发", f"本报记者 {p.name()} 摄", "（无人机照片）", f"（图片由{p.name()}提供）")
    text = lead + p.name() + who + p.sentence(1, 3, p.one("。", "。", ""))
    if not (who or credit) and lead[:1] not in "图上下右左题▲▼△←↑":
        credit = f"{p.name()} 摄"
    return p.one(lambda: [Unit("caption", text + credit)], lambda: [Unit("caption", text)] + ([Unit("caption", credit)] if credit else []))()


def end(p):
    """What stands below a text: who signs it."""
    forms = [lambda: f"（作者系{p.town()}{p.one('作家协会会员', '党校副教授', '退休教师')}）", lambda: f"（{p.name()}）", lambda: f"（摘自《{p.phrase(3, 8)}》）", lambda: f"（指导老师：{p.name()}）", lambda: f"——{p.one('网友', '读者')}{p.one('', ' ', '“')}{p.name()}", lambda: f"读者 {p.name()}", lambda: p.office(), lambda: p.date()]
    return [Unit("sign", p.rng.choice(forms)())] if p.odds(0.35) else []


def features(p):
    """An article with subheads, captions, a note of the editor."""
    out = headlines(p) + bylines(p)
    if p.odds(0.2):
        label = p.rng.choice(LABELS)
        out += p.one(lambda: [Unit("para", label + "：" + p.text())], lambda: [Unit("subhead", label + p.one("", "：")), *p.body(1, 1)])()
    form = p.one("{t}", "{t}", "{k}.{t}", "{h}、{t}", "（{h}）{t}", "{t}——", "【{t}】", "{t}：", "{h}、{t}：", "■{t}", "{h}、{t}（{n}分）", "{t}？", "第{h}章 {t}", "{k}、{t}")
    high = p.one(6, 10, 14, 20)
    for k in range(p.n(0, 4)):
        out.append(Unit("subhead", form.format(t=title(p, 3, high), k=k + 1, h=HAN_DIGITS[k], n=p.n(2, 60))))
        out += p.body(1, 3)
        if p.odds(0.2):
            out += caption(p)
    if out[-1].role not in ("para", "caption"):
        out += p.body(1, 4)
    out += end(p)
    if p.odds(0.15):
        out += [Unit("subhead", p.rng.choice(LABELS) + p.one("", "：")), *p.body(1, 1)]
    return out


def front(p):
    """A front page: several reports, captions, where they go on."""
    out = []
    for _ in range(p.n(2, 4)):
        out += headlines(p) + bylines(p)
        lead = p.one(f"本报讯（记者 {p.name()}）", f"本报{p.town()}{p.n(1, 12)}月{p.n(1, 28)}日{p.one('讯', '电')}（记者{p.name()}）", "【本報訊】", "")
        first, *rest = p.body(1, 3)
        out += [Unit("para", lead + first.parts[0]), *rest]
        if p.odds(0.4):
            out += caption(p)
        if p.odds(0.2):
            out += [Unit("contents", title(p, 6, 14)), Unit("contents", f"详见第{HAN_DIGITS[p.n(0, 7)]}版")]
    return out


def row_form(p):
    """A function that writes one like row after another."""
    digits = lambda: p.one(f"{p.n(1, 40)}.{p.n(0, 99):02d}", f"{p.n(1, 9999)}", f"-{p.n(1, 9)}.{p.n(10, 99)}", f"+{p.n(1, 9)}.{p.n(10, 99)}%")
    forms = [
        lambda k: f"{p.rng.choice(GOODS)} {digits()}{p.one('元', '')}", lambda k: f"{p.number(6)} {p.phrase(4, 5)} {digits()} {digits()}", lambda k: f"{p.rng.choice(GOODS)}{digits()}元/{p.one('升', '克', '公斤')}",
        lambda k: f"{p.n(5, 23):02d}:{p.n(0, 59):02d} {p.phrase(3, 9)}", lambda k: f"{p.town()}—{p.town()}{p.n(5, 8)}:00至{p.n(17, 20)}:00，每{p.n(10, 60)}分钟一班", lambda k: f"{p.phrase(3, 5)}线：{p.n(6, 9)}:00—{p.n(12, 18)}:00，{p.phrase(2, 4)}村、{p.phrase(2, 4)}村部分用户",
        lambda k: f"{p.town()}队 {p.n(0, 99)}:{p.n(0, 99)} {p.town()}队", lambda k: f"{p.phrase(3, 5)}：1．{p.name()}（{p.town()}）{p.n(9, 59)}秒{p.n(10, 99)} 2．{p.name()}（{p.town()}）{p.n(9, 59)}秒{p.n(10, 99)}", lambda k: " ".join(f"{p.n(1, 35):02d}" for _ in range(p.n(3, 7))),
        lambda k: " ".join(p.name() for _ in range(p.n(2, 5))), lambda k: " ".join(f"{p.name()}（女）" for _ in range(3)), lambda k: f"{p.phrase(2, 3)}组：{p.name()}、{p.name()}、{p.name()}", lambda k: f"{k + 1} {p.name()} {p.number(8)} {p.n(60, 99)}.{p.n(0, 9)}", lambda k: f"{p.one('主任', '副主任', '委员', '顾问')}：{p.name()} {p.name()}",
        lambda k: f"{k + 1}号 {p.phrase(2, 4)} {p.n(20, 200)}.{p.n(0, 9)}平方米 起租价{p.n(1, 9)}万元/年", lambda k: f"{p.phrase(2, 5)}{p.one('★★★', '★★★★', '★★')} {p.clause(5, 9)}，{p.sentence(1, 1)}", lambda k: f"{k + 1}号厅 《{p.phrase(3, 6)}》 {p.n(9, 12)}:30 {p.n(13, 18)}:05",
        lambda k: f"{p.phrase(3, 6)} {p.n(1, 9)}名 {p.one('男女不限', '40岁以下')} {p.n(2, 9)}000元", lambda k: f"{p.one('今日', '明日', '后天')}（星期{p.rng.choice('一二三四五')}）：{p.n(1, 4)}、{p.n(5, 9)}", lambda k: f"{p.rng.choice(TOWNS)} {p.rng.choice(SKIES)} {p.n(0, 9)}～{p.n(10, 30)}℃", lambda k: f"{k + 1}．{p.rng.choice('ABCD')} {k + 2}．{p.rng.choice('ABCD')} {k + 3}．{p.rng.choice('ABCD')}",
        lambda k: p.phrase(2, 5) + f"{p.n(1, 20)}至{p.n(21, 40)}号楼", lambda k: f"{p.rng.choice('abcdefgh')}{p.rng.choice(['arvest', 'eighbor', 'orning', 'rother'])} n.{p.phrase(2, 4)}", lambda k: f"{p.name()}——{p.n(20, 70)}岁，{p.phrase(2, 5)}。",
    ]
    return p.rng.choice(forms)


def tables(p):
    """Blocks of rows, each with a headline of its own."""
    out = []
    for _ in range(p.n(1, 4)):
        out.append(Unit("headline", title(p, 2, 12)))
        if p.odds(0.25):
            out.append(Unit("deck", p.one(f"（{p.date()}）", f"（自{p.date()}零时起执行）")))
        if p.odds(0.25):
            out.append(Unit("short", p.one("（单位：元/500克）", "单位：万元", f"（截至{p.date()}）")))
        row = row_form(p)
        out += [Unit("row", row(k)) for k in range(p.n(2, 9))]
        if p.odds(0.25):
            out.append(Unit("short", p.one("注：", "风险提示：", "温馨提示：") + p.sentence(1, 2)))
        if p.odds(0.2):
            out.append(Unit("short", f"（{p.one('节目如有变动，以播出为准', '以上信息以公告为准', '答案在中缝')}）"))
    return out


def headed_rows(p):
    """One headline, and rows under several heads."""
    out = headlines(p)[-2:]
    if p.odds(0.5):
        out += p.body(1, 1)
    head = p.one(lambda k: p.town() + p.phrase(2, 4) + "频道", lambda k: f"{p.n(1, 12)}月{p.n(1, 28)}日", lambda k: f"{p.phrase(2, 4)} 第{p.n(2000000, 2019999)}期", lambda k: title(p, 2, 6), lambda k: f"{p.phrase(3, 6)}（{p.n(2, 30)}名）", lambda k: f"{p.phrase(4, 7)}小组赛", lambda k: p.phrase(2, 4) + "：")
    row = row_form(p)
    for k in range(p.n(2, 5)):
        out.append(Unit("short", head(k)))
        out += [Unit("row", row(j)) for j in range(p.n(2, 7))]
    if p.odds(0.5):
        out.append(Unit("para", p.sentence(1, 2)))
    if p.odds(0.4):
        out += [Unit("sign", p.office()), Unit("sign", p.date())]
    return out


def classified(p):
    """Small advertisements under heads."""
    out = [Unit("headline", p.one("分类广告", "便民信息", "供求热线", p.phrase(3, 5)))] if p.odds(0.8) else []
    if p.odds(0.4):
        out.append(Unit("short", f"刊登热线：{p.phone()} {p.phone()}"))
    for _ in range(p.n(2, 6)):
        if p.odds(0.8):
            out.append(Unit("short", p.one("房产", "车辆", "家政", "招聘", "征婚", "教育", "转让", "遗失", "服务", "求购", p.phrase(2, 3))))
        for _ in range(p.n(1, 3)):
            lead = p.one("", "", p.one("出租 ", "求租 ", "门面转让 ", "吉房出售", "急招 "), p.rng.choice(MARKS))
            phone = p.phone()
            text = lead + "，".join(p.clause(3, 9) for _ in range(p.n(2, 5)))
            out += p.one(lambda: [Unit("short", text + p.one("。", "，电话") + phone)], lambda: [Unit("short", text + "。"), Unit("short", phone)], lambda: [Unit("short", text + "。" + phone)])()
    return out


def small_notices(p):
    """Notices with titles of their own, each a few lines."""
    out = []
    for _ in range(p.n(2, 5)):
        out.append(Unit("headline", p.one("寻人启事", "寻物启事", "更正", "声明", "招领", "致歉信", "征稿启事", "停水通知", "讣告", "鸣谢", "遗失声明", title(p, 3, 9), f"{p.office()}{p.one('公告', '通告')}", f"{p.phrase(4, 8)}的公告")))
        out += [Unit("para", p.sentence(1, 3) + p.one("", p.sentence(1, 2))) for _ in range(p.n(1, 2))]
        if p.odds(0.35):
            out.append(Unit("short", p.one("电话", "联系电话", "认领电话") + "：" + p.phone()))
        if p.odds(0.5):
            out += [Unit("sign", s) for s in p.rng.sample([f"{p.one('声明人', '致歉人')}：{p.name()}", p.office(), p.date(), f"孤子 {p.name()} {p.name()}", f"孙 {p.name()} {p.name()}", "泣启", f"全体{p.one('同学', '职工')}敬挽"], p.n(1, 3))]
    return out


def items(p):
    """A column of small pieces without heads: jokes, shorts, riddles, what readers say."""
    out = column(p) + [Unit("headline", title(p, 2, 6))]
    mark = p.one(p.rng.choice(MARKS), "n.", "", "n、")
    for k in range(p.n(3, 7)):
        out.append(Unit("para", mark.replace("n", str(k + 1)) + p.sentence(1, 3) + p.one("", p.sentence(1, 2))))
        if mark == "" and p.odds(0.6):
            out.append(Unit("sign", p.one("——{}", "（{}）").format(p.one("网友", "读者", "") + p.name())))
    return out


def poems(p):
    """Poems: with stanzas, in a group under one title, without marks, classical."""
    out = column(p) + [Unit("headline", title(p, 2, 6) + p.one("", "（外二首）", "（组诗）")), *bylines(p)]
    group = p.odds(0.5)
    for k in range(p.n(2, 4) if group else 1):
        if group and k:
            out.append(Unit("subhead", p.phrase(2, 5)))
        marks = p.one("", "", "marks", "even")
        n = p.one(5, 7)
        for j in range(p.n(4, 12)):
            if marks == "even":
                out.append(Unit("verse", (p.phrase(6, 12) + p.phrase(6, 12))[:n] + "，" + (p.phrase(6, 12) + p.phrase(6, 12))[:n] + "。"))
            else:
                out.append(Unit("verse", p.one(p.phrase(2, 10), "“" + p.phrase(2, 6) + p.one("。", "？", "") + "”", p.name() + p.one("说：", "不说话")) + (p.one("，", "。", "，", "") if marks else "")))
    return out + end(p)


def pictures(p):
    """A page of pictures."""
    out = column(p) + [Unit("headline", title(p, 3, 8)), *bylines(p)]
    if p.odds(0.7):
        out += p.body(1, 2)
    for _ in range(p.n(2, 6)):
        out += caption(p)
    if p.odds(0.4):
        out.append(Unit("caption", p.one(f"图/{p.name()}（除署名外）", f"本版图片由{p.name()}、{p.name()}提供", f"本报记者 {p.name()} 摄影报道", f"漫画 《{p.phrase(2, 4)}》 {p.name()}/作")))
    return out


def recipes(p):
    """Labels with their values under the names of dishes, books, posts."""
    out = headlines(p)[-1:] if p.odds(0.8) else []
    names = p.one(["材料", "做法", "功效"], ["职位", "要求", "待遇"], ["作者", "出版", "定价", "内容简介"], ["时间", "地点", "人物"], ["项目编号", "招标范围", "工期"])
    for _ in range(p.n(1, 4)):
        if p.odds(0.7):
            out.append(Unit("subhead", title(p, 3, 7)))
        for name in names:
            out.append(Unit("short", name + "：" + p.one("，".join(p.rng.choice(DISHES) + f"{p.n(5, 500)}克" for _ in range(3)), p.sentence(1, 4), p.phrase(3, 9), p.sentence(1, 2, ""))))
        if p.odds(0.3):
            out += p.body(1, 1)
    if p.odds(0.4):
        out.append(Unit("short", p.one(f"联系人：{p.name()}", f"地址：{p.town()}{p.phrase(2, 5)}{p.n(1, 99)}号", f"咨询电话：{p.phone()}")))
    return out


def answers(p):
    """Answers to an examination."""
    out = [Unit(p.one("kicker", "headline"), f"{p.town()} 20{p.n(10, 25)}年初中学业水平考试"), Unit("headline", p.one("语文", "数学", "历史") + "试题参考答案")]
    k = 1
    for part in range(p.n(2, 4)):
        out.append(Unit("subhead", f"{HAN_DIGITS[part]}、{p.phrase(3, 7)}{p.one('', f'（{p.n(10, 60)}分）', f'（每小题{p.n(2, 4)}分，共{p.n(10, 40)}分）')}"))
        for _ in range(p.n(1, 4)):
            row = Unit("row", " ".join(f"{k + j}．{p.rng.choice('ABCD')}" for j in range(4)))
            out.append(p.one(Unit("para", f"{k}．{p.one('示例：', '（1）', '')}{p.sentence(1, 3)}", indent=False), row))
            k += 1
    return out


def chapters(p):
    """A chapter of a novel, a play, a report with parts."""
    out = [Unit("kicker", p.one("长篇连载", "小品", "連載小說", p.rng.choice(COLUMNS)))] if p.odds(0.5) else []
    out.append(Unit("headline", title(p, 2, 8)))
    if p.odds(0.4):
        out.append(Unit("deck", p.one(f"第{HAN_DIGITS[p.n(0, 9)]}回", f"——{p.phrase(5, 10)}", f"第{p.n(1, 60)}回 {p.phrase(5, 7)} {p.phrase(5, 7)}")))
    out += bylines(p)
    if p.odds(0.4):
        out.append(Unit("short", "人物"))
        out += [Unit("row", f"{p.name()}——{p.n(20, 70)}岁，{p.phrase(2, 6)}。") for _ in range(p.n(2, 4))]
        out += [Unit("short", f"{p.one('时间', '地点')}：{p.phrase(3, 8)}。")]
    if p.odds(0.4):
        out.append(Unit("subhead", p.one(f"（{HAN_DIGITS[p.n(0, 9)]}）", f"{p.n(1, 60)}", f"第{HAN_DIGITS[p.n(0, 9)]}场")))
    for _ in range(p.n(4, 12)):
        out.append(Unit("para", p.one(p.text(), p.name() + p.one("：", "说：“") + p.sentence(1, 2), f"〔{p.sentence(1, 2)}〕", p.sentence(1, 3))))
    if p.odds(0.5):
        out.append(Unit("short", p.one("（未完待续）", "【未完，明日續刊】", f"（{p.n(2, 90)}）", "（待续）")))
    return out


def indexes(p):
    """A table of contents with heads, or the index of the day."""
    out = [Unit("headline", p.one("目录", "目 录", "今日导读", "本期要目", p.phrase(2, 4)))] if p.odds(0.8) else []
    form = p.one(lambda: p.phrase(4, 12) + "…" * p.n(3, 16) + p.name(), lambda: f"{p.n(1, 16)}版 {title(p, 6, 14)}", lambda: p.phrase(4, 12) + " " + p.name() + f" {p.n(1, 90)}", lambda: f"{p.phrase(2, 4)} {p.phrase(3, 8)}{'…' * p.n(2, 9)}{p.n(1, 99)}", lambda: f"A{p.n(1, 16)} {p.phrase(5, 12)}", lambda: p.phrase(4, 12) + "…" * p.n(3, 9) + f"（{p.n(1, 99)}）")
    heads = p.odds(0.5)
    for k in range(p.n(2, 5)):
        if heads:
            out.append(Unit("short", p.one(p.phrase(2, 4), p.rng.choice(COLUMNS))))
        out += [Unit("contents", form()) for _ in range(p.n(1, 5))]
    if p.odds(0.3):
        out += [Unit("contents", f"封{p.one('二', '三', '底')} {p.phrase(3, 6)}") for _ in range(p.n(1, 3))]
    return out


KINDS = {f.__name__: f for f in (
    features, front, tables, headed_rows, classified, small_notices, items, poems, pictures, recipes, answers, chapters, indexes,
)}
