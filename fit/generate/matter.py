"""The matter of pages from elsewhere: notices, rows, lists, forecasts, contents, captions and other forms that a paper
prints beside its stories. Towns and people are invented; running text is that of the given articles.

Each kind is a function that returns units. `KINDS` lists them by name.
"""
import re

SURNAMES = "邱裴卓祁戚莫庞闻阮岑薄翟谭萧纪程陆余方秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = ["小满", "长庚", "一鸣", "芳", "立", "守仁", "玉珍", "海", "思雨", "建国", "桐", "晚秋", "明", "志强", "兰", "国庆", "秀英", "文博", "宁", "雪"]
TOWNS = ["松坡", "芦台", "望亭", "栗园", "梅坞", "桑榆", "苇湾", "砚池", "柏庄", "汀州", "鹿鸣", "雁塘", "槐荫", "竹溪", "云台", "柳林"]
OFFICES = ["水利局", "农业农村局", "教育局", "自然资源局", "住建局", "卫健局", "供电公司", "自来水公司", "公共资源交易中心", "市场监督管理局", "文化馆", "图书馆", "商会", "红十字会"]
CASES = ["金融借款合同", "买卖合同", "民间借贷", "离婚", "劳动争议", "房屋租赁合同", "追偿权", "建设工程施工合同"]
SKIES = ["晴", "多云", "阴", "小雨", "小雨转阴", "雷阵雨", "中雨", "阴转多云", "雨夹雪", "多云转晴"]
GOODS = ["玉米", "谷子", "小麦", "豆粕", "土豆", "西红柿", "黄瓜", "大葱", "鸡蛋", "猪肉", "鲤鱼", "苹果", "钢材", "水泥", "柴油"]
POSTS = ["主任", "副主任", "会长", "秘书长", "委员", "理事", "评委", "队长", "教练"]
DISHES = ["冬瓜", "莲藕", "排骨", "姜片", "香菜", "木耳", "豆腐", "五花肉", "盐", "生抽"]
HAN_DIGITS = "一二三四五六七八九十"
STEMS = "甲乙丙丁戊己庚辛"


class Unit:
    """A unit of a page. A part of it may stand on lines of its own without being one."""

    def __init__(self, role, *parts, indent=True, line=False):
        self.role, self.parts = role, list(parts)
        self.indent = indent and role == "para"
        self.line = line  # set on one line, however wide it is


class Bank:
    """The words, sentences and paragraphs of articles."""

    def __init__(self, articles):
        units = [u for a in articles for u in a["units"]]
        self.paras = [u["text"] for u in units if u["role"] == "para" and len(u["text"]) > 12]
        self.heads = [u["text"] for u in units if u["role"] == "headline" and len(u["text"]) > 3]
        text = "".join(self.paras)
        self.sentences = [s for s in re.split(r"[。！？]", text) if 6 <= len(s) <= 90 and s[0] not in "”’）" and s.count("“") == s.count("”")]
        self.clauses = [c for c in re.split(r"[，。；：！？“”（）《》、—…‘’「」『』\s]", text) if 4 <= len(c) <= 18]
        self.han = [c for c in self.clauses if re.fullmatch(r"[\u4e00-\u9fff]+", c)]
        self.phrases = [p for h in self.heads for p in re.findall(r"[\u4e00-\u9fff]{3,}", h)]


class Pen:
    """Draws words, sentences and texts."""

    def __init__(self, rng, bank):
        self.rng = rng
        self.bank = bank

    def one(self, *choices):
        return self.rng.choice(choices)

    def odds(self, p):
        return self.rng.random() < p

    def n(self, low, high):
        return self.rng.randint(low, high)

    def name(self):
        return self.rng.choice(SURNAMES) + self.rng.choice(GIVEN)

    def names(self, low=1, high=3):
        return "、".join(self.name() for _ in range(self.n(low, high)))

    def town(self):
        return self.rng.choice(TOWNS) + self.one("", "县", "镇", "市", "区", "乡")

    def office(self):
        return self.town() + self.rng.choice(OFFICES)

    def clause(self, low=4, high=18):
        pool = [c for c in self.rng.choices(self.bank.clauses, k=24) if low <= len(c) <= high]
        return pool[0] if pool else self.rng.choice(self.bank.clauses)[:high]

    def phrase(self, low=4, high=12):
        """A few words without a mark: a title, or a part of one; sometimes a clause."""
        pool = [c for c in self.rng.choices(self.bank.phrases if self.odds(0.8) else self.bank.han, k=40) if low <= len(c) <= high]
        return pool[0] if pool else self.rng.choice(self.bank.han)[:high]

    def sentence(self, low=1, high=4, stop="。"):
        """A sentence of so many clauses."""
        pool = [s for s in self.rng.choices(self.bank.sentences, k=24) if low <= 1 + s.count("，") <= high]
        return (pool[0] if pool else self.clause()) + stop

    def text(self):
        """A paragraph of an article."""
        return self.rng.choice(self.bank.paras)

    def date(self):
        return self.one(f"{self.n(1, 12)}月{self.n(1, 28)}日", f"20{self.n(10, 25)}年{self.n(1, 12)}月{self.n(1, 28)}日")

    def phone(self):
        return self.one(f"0{self.n(310, 899)}-{self.n(2000000, 8999999)}", f"1{self.n(30, 89)}{self.n(10000000, 99999999)}", f"{self.n(2000000, 8999999)}")

    def number(self, digits=10):
        return "".join(self.rng.choice("0123456789") for _ in range(digits))

    def sum(self):
        return self.one(f"{self.n(1, 99)}", f"{self.n(1, 99)},{self.n(100, 999)}", f"{self.n(1, 999)}.{self.n(0, 99):02d}", f"{self.n(1, 9)},{self.n(100, 999)}.{self.n(0, 9)}")

    def headline(self):
        a = self.one(self.rng.choice(self.bank.heads), self.rng.choice(self.bank.heads), self.phrase(6, 14))
        if self.odds(0.3):
            return Unit("headline", a, self.phrase(6, 14))
        return Unit("headline", a)

    def body(self, low=1, high=4):
        """Paragraphs that follow each other in an article."""
        n = self.n(low, high)
        at = self.rng.randrange(len(self.bank.paras) - n)
        return [Unit("para", text) for text in self.bank.paras[at : at + n]]


def stories(p):
    """Plain stories, with bylines and subheads that may be as wide as the column."""
    out = []
    for _ in range(p.n(1, 3)):
        out.append(p.headline())
        if p.odds(0.5):
            out.append(Unit("byline", p.one(f"本报记者 {p.name()}", f"本报记者{p.name()}", f"□ 本报记者 {p.name()} 通讯员 {p.name()}", f"◎文／{p.name()}", f"文/{p.name()} 图/{p.name()}", p.name())))
        for _ in range(p.n(1, 3)):
            out += p.body(1, 4)
            if p.odds(0.35):
                head = p.one(p.phrase(5, 12), p.phrase(7, 12) + "，" + p.phrase(7, 12), p.phrase(6, 9) + "、" + p.phrase(6, 9) + "，" + p.phrase(8, 12), p.phrase(5, 9) + " " + p.phrase(5, 9), p.phrase(6, 10) + "，" + p.phrase(4, 10), "【" + p.phrase(4, 8) + "】", p.phrase(5, 12) + "——")
                out += [Unit("subhead", head), *p.body(1, 2)]
    return out


def briefs(p):
    """Short news under one title, each with the same lead-in."""
    lead = p.one(lambda: "本报讯（记者 " + p.name() + "）", lambda: "本报讯 ", lambda: p.date() + " ", lambda: "▲", lambda: "●", lambda: "◆" + p.town() + "：", lambda: "【" + p.town() + "】", lambda: f"本报{p.town()}{p.n(1, 12)}月{p.n(1, 28)}日讯 ", lambda: "本 报 讯  ", lambda: "据" + p.town() + "消息 ")
    end = p.one(lambda: "", lambda: "（" + p.name() + "）", lambda: "（本报记者 " + p.name() + "）")
    indent = p.odds(0.5)
    out = [Unit("headline", p.one("简讯", "一句话新闻", "要闻速递", "县域短波", "快讯", "各地动态", "短讯"))] if p.odds(0.8) else []
    for _ in range(p.n(3, 8)):
        if p.odds(0.3):
            out.append(p.headline())
        out.append(Unit("para", lead() + p.sentence(2, 4) + (p.sentence(1, 3) if p.odds(0.5) else "") + (end() if p.odds(0.8) else ""), indent=indent))
    return out


def courts(p):
    """Notices of a court, each a paragraph with its court at its end."""
    tail = p.one("join", "join", "line", "none")
    out = [Unit("headline", p.one("公告", "公 告", "法院公告", "送达公告", "公示催告"))] if p.odds(0.8) else []
    for _ in range(p.n(2, 6)):
        who, court = p.names(), p.town() + "人民法院"
        year, case, days = p.n(2009, 2025), p.rng.choice(CASES), p.one("30", "60", "15")
        t = p.one(
            f"{who}：本院受理{p.name()}诉你{case}纠纷一案，现依法向你公告送达起诉状副本、应诉通知书及开庭传票。自公告之日起，经过{days}日即视为送达。逾期将依法缺席裁判。",
            f"{who}：本院受理原告{p.town()}{p.one('银行', '商贸有限公司', '建材厂')}诉你们{case}纠纷一案，已审理终结，现依法公告送达（{year}）{p.rng.choice('松芦望栗')}{p.n(1000, 9999)}民初{p.n(1, 999)}号民事判决书。自公告之日起{days}日内来本院领取，逾期则视为送达。",
            f"申请人{p.town()}{p.phrase(4, 6)}有限公司因遗失银行承兑汇票一张，票号{p.number(16)}，金额{p.n(1, 99)}万元，向本院申请公示催告，本院决定受理。自公告之日起{days}日内，利害关系人应向本院申报权利。",
            f"{who}：申请执行人{p.name()}与你{case}纠纷一案，本院已立案执行，现向你公告送达执行通知书、报告财产令。限你自公告期满后{p.n(3, 10)}日内履行义务，逾期不履行，本院将依法强制执行。",
        )
        if tail == "join":
            out.append(Unit("para", t + p.one("", "[" + p.town() + "]", "[" + p.town() + "]", " ") + court))
        elif tail == "line":
            out += [Unit("para", t), Unit("sign", court)]
        else:
            out.append(Unit("para", t))
    return out


def labels(p):
    """Lines of a label and its value: tenders, rents, posts, facts."""
    sets = [
        ["项目名称", "项目编号", "采购方式", "预算金额", "采购人", "联系人", "联系电话", "开标时间", "开标地点", "报名截止"],
        ["租金标准", "租赁期限", "建筑面积", "房屋位置", "用途", "联系电话", "装修情况", "付款方式"],
        ["地址", "电话", "邮编", "网址", "邮箱", "开放时间", "乘车路线"],
        ["姓名", "性别", "年龄", "籍贯", "职业", "爱好", "座右铭", "喜爱的书籍"],
        ["校训", "创办年份", "类型", "学生人数", "占地面积", "校址", "特色"],
        ["主办", "承办", "协办", "时间", "地点", "票价", "咨询"],
        ["起拍价", "保证金", "加价幅度", "评估价", "处置单位", "看样时间"],
        ["原料", "做法", "功效", "提示", "用量"],
    ]
    names = p.rng.choice(sets)[:]
    if p.odds(0.4):
        p.rng.shuffle(names)
    colon = p.one("：", "：", "：", ":", " ", "∶", "——")
    mark = p.one("", "", "", "●", "n.", "一、", "◇", "（n）", "·", "-", "□")
    long = p.odds(0.4)

    def value(name):
        if "电话" in name or name == "咨询":
            return p.one(p.phone(), p.name() + " " + p.phone(), p.phone() + " " + p.phone(), p.name() + "：" + p.phone())
        if "时间" in name or "期限" in name or "截止" in name:
            return p.one(p.date(), f"{p.date()}至{p.date()}", f"{p.n(8, 10)}:00—{p.n(16, 18)}:30", f"{p.n(1, 5)}年")
        if any(c in name for c in "价金额标准幅"):
            return p.one(f"{p.sum()}元", f"{p.n(10, 99)}万元", f"{p.n(10, 99)}元/平方米·月", "面议", f"{p.sum()}元/年（含税）")
        if "面积" in name or "年份" in name or "人数" in name or name == "邮编":
            return p.one(f"{p.n(100, 9000)}平方米", f"{p.n(1950, 2020)}", f"约{p.n(100, 9000)}人", p.number(6))
        if name in ("网址", "邮箱"):
            return p.one(f"www.{p.rng.choice('abcdef')}{p.n(10, 9999)}.example", f"{p.rng.choice('abcdef')}{p.n(10, 9999)}@paper.example")
        if name in ("姓名", "采购人", "联系人"):
            return p.one(p.name(), p.office())
        if long and p.odds(0.4):
            return p.one("；", "，", "、").join(p.clause() for _ in range(p.n(2, 4))) + p.one("", "。", "；")
        return p.one(p.phrase(2, 6), p.clause(4, 14), p.town() + p.phrase(4, 8) + f"{p.n(1, 200)}号")

    rows = []
    for k, name in enumerate(names[: p.n(3, len(names))]):
        head = mark.replace("n", str(k + 1)).replace("一", HAN_DIGITS[k % 10])
        rows.append(Unit(p.one("short", "row"), head + name + colon + value(name)))
    title = p.one(f"{p.office()}{p.one('招标公告', '招租公告', '采购公告', '招聘启事', '中标公示')}", p.phrase(4, 9), f"{p.name()}小档案", p.town() + p.phrase(4, 6))
    out = [Unit("headline", title)] if p.odds(0.85) else []
    if p.odds(0.4):
        out.append(Unit("para", p.sentence(1, 3, p.one("。", "：", "：")) + p.one("", p.one("现公告如下：", "具体如下：", ""))))
    return out + rows


def notices(p):
    """Numbered notices with a signature and a date."""
    out = [Unit("headline", p.one("通告", "公告", "通知", "停电通知", "关于" + p.phrase(5, 12) + "的" + p.one("公告", "通告")))]
    out.append(Unit("para", p.one("因", "为", "") + p.clause() + "，" + p.sentence(1, 3, p.one("。", "：", "，现将有关事项通告如下："))))
    for k in range(p.n(0, 6)):
        head = p.one(HAN_DIGITS[k] + "、", HAN_DIGITS[k] + "、", f"{k + 1}.", f"（{HAN_DIGITS[k]}）")
        out.append(Unit("para", head + p.one(p.phrase(3, 6) + "：", "") + p.sentence(1, 3) + (p.sentence(1, 2) if p.odds(0.4) else "")))
    if p.odds(0.6):
        out.append(Unit("para", p.one("特此公告。", "特此通告", "特此公告", "敬请谅解。", "望广大用户相互转告。")))
    if p.odds(0.8):
        out += [Unit("sign", p.office()) for _ in range(p.one(1, 1, 2))] + ([Unit("sign", p.date())] if p.odds(0.8) else [])
    return out


def adverts(p):
    """Small advertisements; a telephone number may wrap."""
    out = [Unit("headline", p.one("分类广告", "便民信息", "供求热线", "房产信息", "遗失声明", "转让"))] if p.odds(0.7) else []
    mark = p.one("", "", "", "●", "★", "◆", "■", "☆")
    for _ in range(p.n(3, 10)):
        t = p.one(
            f"{p.one('出租', '旺铺转让', '急售', '招租', '求购', '诚聘')}{p.one('：', ' ', '')}{p.clause()}，{p.clause(4, 10)}，{p.one('电话', '联系电话', '电', '热线')}{p.one('：', '')}{p.phone()}",
            f"{p.name()}遗失{p.one('身份证', '驾驶证', '毕业证', '残疾证')}，{p.one('证号', '编号')}{p.number(p.n(8, 18))}，{p.one('声明作废', '特此声明', '声明作废')}{p.one('。', '')}",
            f"{p.town()}{p.phrase(3, 6)}{p.one('有限公司', '合作社', '商店')}{p.one('遗失', '丢失')}{p.one('公章一枚', '营业执照副本', '税务登记证正本')}，{p.one('注册号', '编码')}{p.number(15)}，声明作废。",
            f"{p.phrase(4, 8)}{p.n(50, 200)}平方米，{p.clause(4, 8)}，{p.n(10, 99)}万元，{p.phone()}（{p.name()[0]}{p.one('先生', '女士')}）",
        )
        out.append(Unit("short", mark + t))
    return out


def weather(p):
    """A forecast: running text, rows of towns, days, indices."""
    out = [Unit("headline", p.one("今日天气", "天气预报", "全市天气", "气象服务"))]
    if p.odds(0.8):
        out.append(Unit("para", f"受{p.one('高空槽', '冷空气', '暖湿气流')}影响，{p.one('今天白天到夜间', '今明两天', '预计未来三天')}{p.town()}{p.rng.choice(SKIES)}，{p.one('山区', '北部', '西部')}{p.one('局部', '个别乡镇')}{p.rng.choice(SKIES)}，{p.one('偏北', '偏南', '东')}风{p.n(2, 4)}到{p.n(4, 6)}级。{p.sentence(1, 2)}"))
    degree = p.one("℃～", "～", "-", "～", "/", "到")
    for town in p.rng.sample(TOWNS, p.n(3, 9)):
        low = p.n(-9, 20)
        out.append(Unit("row", f"{town}{p.one('', '镇', '')} {p.rng.choice(SKIES)} {low}{degree}{low + p.n(3, 12)}℃"))
    if p.odds(0.5):
        out += [Unit("short", p.one("未来三天", "生活指数", "出行提示"))]
        for k in range(p.n(2, 5)):
            out.append(Unit("row", p.one(f"{p.n(1, 28)}日（星期{p.rng.choice('一二三四五六日')}）：{p.rng.choice(SKIES)}，{p.n(0, 9)}℃～{p.n(10, 30)}℃；", f"{p.one('穿衣', '洗车', '晨练', '紫外线', '感冒')}指数 {p.n(1, 5)}级 {p.one('不宜', '较适宜', '弱', '易发')}", f"日出 0{p.n(5, 7)}:{p.n(10, 59)} 日落 1{p.n(7, 9)}:{p.n(10, 59)}")))
    return out


def timetable(p):
    """Hours with what is on: programmes, buses, schedules."""
    out = [Unit("headline", p.one("今日荧屏", "节目预告", "班车时刻", "赛程安排", "活动日程", "停电计划"))]
    form = p.one("{h:02d}:{m:02d} {t}", "{h:02d}：{m:02d}　{t}", "{h:02d}:{m:02d}—{i:02d}:00 {t}", "{h}时{m:02d}分 {t}", "{d}日：{t}", "{h:02d}:{m:02d}{t}", "{d}日 {h:02d}:{m:02d} {t}")
    for _ in range(p.n(1, 3)):
        if p.odds(0.5):
            out.append(Unit("short", p.one(p.town() + "电视台", p.phrase(4, 6) + "频道", f"{p.n(1, 12)}月{p.n(1, 28)}日", p.town() + "—" + p.town())))
        h = p.n(5, 9)
        for k in range(p.n(3, 9)):
            out.append(Unit("row", form.format(h=min(23, h + k), i=min(23, h + k) + 1, m=p.n(0, 59), d=10 + k, t=p.one(p.clause(4, 10), p.phrase(4, 8), f"电视剧：{p.phrase(3, 6)}（{p.n(1, 40)}、{p.n(41, 80)}）", p.town() + "至" + p.town()))))
    return out


def contents(p):
    """An index of the issue or a book; a leader may be on the second line."""
    out = [Unit("headline", p.one("本版导读", "今日导读", "目录", "目 录", "要目", "本期目录"))] if p.odds(0.8) else []
    sep = p.one("……", "…………", "………………", " ", "", "/", "......", "  ", "·····", "▶", "■")
    page = p.one("{n}", "{n}版", "第{n}版", "（{n}）", "→{n}版", "A{n}", "P{n}")
    n = p.n(1, 9)
    author = p.odds(0.25)
    for k in range(p.n(4, 14)):
        title = p.one(p.phrase(4, 14), p.rng.choice(p.bank.heads), f"第{HAN_DIGITS[k % 10]}章 {p.phrase(4, 10)}", f"{HAN_DIGITS[k % 10]}、{p.phrase(4, 12)}", p.phrase(5, 9) + "，" + p.phrase(5, 9))
        out.append(Unit("contents", title + (p.one("／", " ") + p.name() if author else "") + sep + page.format(n=n)))
        n += p.n(1, 9)
    return out


def markers(p):
    """Lists with all kinds of markers."""
    k = [0]

    def number():
        k[0] += 1
        return k[0]

    marker = p.one("——", "-", "*", "△", "□", "→", "·", "○", "♦", "※", lambda: f"{number()}）", lambda: STEMS[(number() - 1) % 8] + "、", lambda: f"其{HAN_DIGITS[(number() - 1) % 10]}，", lambda: f"{10 + number()}日：", lambda: f"{7 + number()}:30 ", lambda: f"（{number()}）", lambda: f"第{HAN_DIGITS[(number() - 1) % 10]}，", lambda: f"{HAN_DIGITS[(number() - 1) % 10]}是", lambda: chr(0x2460 + (number() - 1) % 20), lambda: f"{number()}、", lambda: f"A{number()}.", lambda: f"第{HAN_DIGITS[(number() - 1) % 10]}条　", lambda: f"（{HAN_DIGITS[(number() - 1) % 10]}）")
    end, long = p.one("；", "。", "", "，", "mixed"), p.one(1, 1, 2, 4)
    out = ([p.headline()] if p.odds(0.7) else []) + [Unit("para", p.sentence(1, 3, p.one("：", "：", "。")))]
    indent = p.odds(0.5)
    for _ in range(p.n(3, 9)):
        stop = p.one("；", "。") if end == "mixed" else end
        out.append(Unit("para", (marker() if callable(marker) else marker) + "，".join(p.clause() for _ in range(p.n(1, long))) + stop, indent=indent))
    return out + (p.body(1, 2) if p.odds(0.5) else [])


def rosters(p):
    """Names in rows or one on a line, padded or not, and posts with names."""
    out = [Unit("headline", p.one("获奖名单", "入选名单", "人事任免", "捐款名单", "编委会", "中奖名单", "拟表彰名单"))] if p.odds(0.8) else []
    if p.odds(0.4):
        out.append(Unit("para", p.sentence(1, 2, p.one("，名单如下：", "：", "。"))))
    form = p.one("rows", "rows", "single", "posts", "sum", "padded")
    width = p.n(2, 6)
    for _ in range(p.n(1, 3)):
        if p.odds(0.6):
            out.append(Unit("short", p.one("一等奖", "二等奖", "优秀奖", p.town(), p.office(), f"{p.phrase(4, 6)}（{p.n(3, 30)}人）", f"{p.phrase(4, 6)}：")))
        for k in range(p.n(2, 7)):
            if form in ("rows", "padded"):
                names = [p.name() for _ in range(width)]
                if form == "padded":
                    names = [a if len(a) > 2 else a[0] + "　" + a[1] for a in names]
                out.append(Unit("row", p.one(" ", "　", "  ").join(names)))
            elif form == "single":
                out.append(Unit("row", p.name()))
            elif form == "posts":
                out.append(Unit("row", p.rng.choice(POSTS) + p.one("：", " ", "　") + p.names(1, 3)))
            else:
                out.append(Unit("row", p.name() + p.one(" ", "", "　") + f"{p.n(1, 90)}00元"))
    return out


def cells(p):
    """A table with one cell on each line."""
    out = [Unit("headline", p.phrase(5, 10) + p.one("一览表", "统计表", "", "价格表"))]
    if p.odds(0.5):
        out += p.body(1, 1)
    columns = p.n(2, 5)
    out += [Unit("row", p.one("品名", "单价", "数量", "项目", "同比", "地区", "产量", "备注", "排名", "得分")) for _ in range(columns)]
    for _ in range(p.n(3, 8)):
        out.append(Unit("row", p.one(p.rng.choice(GOODS), p.town(), p.name(), p.phrase(3, 6))))
        out += [Unit("row", p.one(p.sum(), p.sum(), p.sum(), f"{p.n(1, 99)}.{p.n(0, 9)}%", p.one("—", "-", "平", "升", "降"), f"{p.n(1, 99)}")) for _ in range(columns - 1)]
    return out + (p.body(1, 1) if p.odds(0.4) else [])


def prices(p):
    """Rows of a table, their fields set apart by spaces."""
    out = [Unit("headline", p.one("市场行情", "今日菜价", "农贸市场价格", "粮油行情"))]
    if p.odds(0.5):
        out.append(Unit("short", p.one("单位：元/500克", "（单位：元/公斤）", "品名 规格 价格")))
    fields = p.n(1, 3)
    for good in p.rng.sample(GOODS, p.n(4, 10)):
        out.append(Unit("row", " ".join([good] + [p.one(f"{p.n(1, 40)}.{p.n(0, 9)}", f"{p.n(1, 40)}.{p.n(0, 99):02d}元", f"{p.n(1000, 9999)}") for _ in range(fields)] + ([p.one("升", "降", "平", "持平")] if p.odds(0.3) else []))))
    return out


def short_lists(p):
    """Lists of a few words a line: ingredients, places, winners' numbers."""
    out = [Unit("headline", p.phrase(3, 7))]
    for _ in range(p.n(1, 3)):
        out.append(Unit("short", p.one("原料", "配料：", "展出地点", "获奖单位", "销售网点", "推荐书目", "参展作品", "链接", "相关阅读")))
        form = p.one(lambda: p.rng.choice(DISHES) + f"{p.n(5, 500)}克", lambda: p.town() + p.phrase(3, 6), lambda: f"《{p.phrase(3, 8)}》 {p.name()} 著", lambda: f"《{p.phrase(3, 8)}》", lambda: p.office(), lambda: p.phrase(3, 8), lambda: p.number(6))
        out += [Unit("row", form()) for _ in range(p.n(3, 9))]
        if p.odds(0.4):
            out += p.body(1, 1)
    return out


def serial(p):
    """A serial novel: chapter heads, dialogue, short paragraphs."""
    out = [Unit("headline", p.one("长篇连载", "小说连载", "连载")), Unit("headline", p.phrase(3, 6)), Unit("byline", p.name() + p.one(" 著", "", " 文"))]
    out.append(Unit("subhead", p.one(f"（{p.n(1, 80)}）", f"第{p.n(1, 40)}章", f"{p.n(1, 60)}", f"第{HAN_DIGITS[p.n(0, 9)]}回 {p.phrase(5, 7)}")))
    o, c = p.one(("“", "”"), ("“", "”"), ("「", "」"))
    for _ in range(p.n(8, 24)):
        out.append(Unit("para", p.one(
            lambda: p.text(),
            lambda: o + p.phrase(2, 8) + p.one("。", "！", "？", "……", "——") + c,
            lambda: o + p.sentence(1, 2, p.one("。", "！", "？")) + c + p.name() + p.one("说。", "问。", "喊道。", "没有说话。"),
            lambda: p.name() + p.one("说：", "问：", "道：", "想了想，说：") + o + p.sentence(1, 3, p.one("。", "！", "？")) + c,
            lambda: o + p.phrase(3, 8) + "，" + c + p.name() + "说，" + o + p.sentence(1, 2, p.one("。", "！")) + c,
            lambda: p.sentence(1, 3),
        )()))
    if p.odds(0.7):
        out.append(Unit("short", p.one("（未完待续）", "（待续）", "（连载之" + str(p.n(2, 80)) + "）", "未完待续")))
    if p.odds(0.4):
        out.append(Unit("short", f"（{p.town()}文艺出版社出版）"))
    return out


def footnotes(p):
    """A long text with notes under it."""
    out = [p.headline(), Unit("byline", p.one("○ ", "", "□ ", "■ ") + p.name())]
    for k in range(p.n(2, 3)):
        if p.odds(0.6):
            out.append(Unit("subhead", HAN_DIGITS[k] + "、" + p.phrase(4, 12)))
        for _ in range(p.n(1, 3)):
            t = p.text()
            at = t.find("。", len(t) // 3)
            at += p.n(0, 1)  # before the stop or behind it
            out.append(Unit("para", t[:at] + p.one(chr(0x2460 + k), f"[{k + 1}]", "") + t[at:] if at > 0 else t))
    if p.odds(0.5):
        out.append(Unit("sign", f"（作者单位：{p.town()}{p.one('师范学院', '党校', '史志办')}{p.one('', '历史系')}）"))
    if p.odds(0.7):
        out.append(Unit("short", p.one("注释：", "注：", "参考文献", "注释")))
    mark = p.one(lambda k: chr(0x2460 + k), lambda k: f"[{k + 1}]", lambda k: f"[{k + 1}] ", lambda k: f"{k + 1}.", lambda k: f"（{k + 1}）")
    for k in range(p.n(2, 7)):
        out.append(Unit("para", mark(k) + p.one(
            f"{p.name()}：《{p.phrase(3, 8)}：{p.phrase(4, 10)}》，{p.town()}出版社{p.n(1957, 2020)}年版，第{p.n(1, 400)}页。",
            f"《{p.phrase(4, 8)}》编纂委员会编：《{p.phrase(4, 8)}》，内部资料，{p.n(1957, 2000)}年，第{p.n(1, 90)}—{p.n(91, 400)}页。",
            f"{p.name()}：《{p.phrase(4, 10)}》，载《{p.phrase(3, 5)}》第{p.n(1, 20)}辑，第{p.n(1, 90)}页。",
            f"参见{p.name()}《{p.phrase(4, 10)}》。{p.sentence(1, 2)}",
        ), indent=p.odds(0.3)))
    return out


def quotations(p):
    """Quotations, each with its source under it."""
    out = [p.headline()] if p.odds(0.6) else []
    lead = p.one("（", "——", "（", "——")
    for _ in range(p.n(4, 10)):
        q = p.one(p.sentence(1, 4, p.one("。", "！", "，就这样。")), "“" + p.sentence(1, 3) + "”", p.text())
        source = p.one(f"{p.name()}的一次讲话", f"{p.name()}{p.date()}在{p.town()}的讲话", f"转摘自《{p.phrase(5, 12)}》，{p.date()}《{p.town()}日报》", f"{p.name()}《{p.phrase(4, 9)}》", f"《{p.phrase(4, 9)}》，《{p.phrase(2, 4)}》杂志{p.n(1957, 1999)}年第{p.n(1, 12)}期")
        out += [Unit("para", q), Unit("para", lead + source + ("）" if lead == "（" else ""), indent=p.odds(0.5))]
    return out


def captions(p):
    """Captions, narrow or wide, among stories; two credits may stand side by side."""
    out = []
    for _ in range(p.n(2, 6)):
        t = p.one("", "", "图为", "上图：", "▲", "右图：", p.date() + "，", "①", "图1 ") + p.sentence(1, 3, p.one("。", "。", "", "")) + (p.sentence(1, 1) if p.odds(0.2) else "")
        credit = p.one(f"{p.name()} 摄", f"本报记者 {p.name()} 摄", "新华社发", f"（{p.name()}摄）", "资料图片", f"{p.name()}/图", "（受访者供图）", f"本报记者{p.name()}摄")
        out.append(p.one(lambda: Unit("caption", t), lambda: Unit("caption", t, credit), lambda: Unit("caption", t + " " + credit), lambda: Unit("caption", p.phrase(4, 10)))())
        if p.odds(0.6):
            out += p.body(1, 3)
        elif p.odds(0.4):
            out.append(p.headline())
    return out


def letters(p):
    """Letters to the editor with salutation, signature and date."""
    out = []
    for _ in range(p.n(1, 3)):
        out += [p.headline(), Unit("para", p.one("编辑同志：", "编辑：", p.name() + "同志：", "尊敬的读者：", "亲爱的" + p.name() + "："), indent=p.odds(0.3)), *p.body(1, 3)]
        out += [Unit("para", p.one("此致", "祝", "敬礼！", "此致敬礼"))] if p.odds(0.3) else []
        out += [Unit("sign", p.one("读者 ", "", p.town() + " ") + p.name())] + ([Unit("sign", p.date())] if p.odds(0.6) else [])
    return out


def exams(p):
    """Questions with choices, and answers."""
    out = [Unit("headline", p.one("有奖竞答", "模拟试题", "安全知识问答", "党史知识竞赛"))]
    choice = p.one("A.", "A、", "A ", "（A）", "A．")
    for k in range(p.n(3, 7)):
        out.append(Unit("para", p.one(f"{k + 1}.", f"{k + 1}、", f"（{k + 1}）") + p.clause() + p.one("，" + p.clause() + "（　　）。", "是（ ）", "？", "（ ）。"), indent=False))
        words = [choice.replace("A", c) + p.phrase(2, 9) for c in "ABCD"]
        out += [Unit("row", w) for w in words] if p.odds(0.6) else [Unit("row", " ".join(words))]
    return out


def interviews(p):
    """Questions and answers, each with the speaker's name."""
    a, b = p.one(("问", "答"), ("记者", p.name()), ("主持人", p.name()), ("Q", "A"), (p.name(), p.name()))
    colon = p.one("：", "：", ":", "∶")
    out = [p.headline()] + (p.body(1, 1) if p.odds(0.6) else [])
    for _ in range(p.n(2, 6)):
        out += [Unit("para", a + colon + p.sentence(1, 2, "？")), Unit("para", b + colon + p.text())]
        if p.odds(0.3):
            out.append(Unit("para", p.text()))
    return out


def verse(p):
    """Poems, with or without marks."""
    out = [Unit("headline", p.phrase(3, 8)), Unit("byline", p.one("", "◎", "□ ") + p.name())]
    marks = p.one("", "marks", "even")
    n = p.one(5, 7, 7)
    for k in range(p.n(4, 16)):
        if marks == "even":
            out.append(Unit("verse", (p.phrase(6, 12) + p.phrase(6, 12))[:n] + ("，" if k % 2 == 0 else "。")))
        else:
            out.append(Unit("verse", p.phrase(3, 12) + (p.one("，", "。", "，", "") if marks else "")))
    return out + (p.body(1, 2) if p.odds(0.5) else [])


def scores(p):
    """Results of matches, draws and lotteries."""
    out = [Unit("headline", p.one("赛果", "开奖公告", "战报", "积分榜"))] + (p.body(1, 1) if p.odds(0.4) else [])
    form = p.one(
        lambda k: f"{p.town()}队 {p.n(0, 120)}∶{p.n(0, 120)} {p.town()}队", lambda k: f"{p.town()}队{p.n(0, 5)}比{p.n(0, 5)}{p.town()}队",
        lambda k: f"第{2000 + k}期：{' '.join(f'{p.n(1, 33):02d}' for _ in range(7))}", lambda k: f"{k + 1} {p.town()}队 {p.n(1, 30)} {p.n(1, 60)}",
        lambda k: f"{p.phrase(4, 6)}：{p.name()} {p.n(9, 59)}秒{p.n(10, 99)}", lambda k: f"{HAN_DIGITS[k % 10]}等奖 {p.n(1, 99)}注 {p.sum()}元",
    )
    return out + [Unit("row", form(k)) for k in range(p.n(3, 10))]


def meeting(p):
    """An agenda or a decision with parts, items and dates."""
    out = [Unit("headline", p.town() + "人民代表大会常务委员会" + p.one("公告", "会议议程", "任免名单"))]
    out.append(Unit("short", f"（{p.date()}{p.town()}第{p.n(3, 18)}届人民代表大会常务委员会第{p.n(2, 40)}次会议通过）"))
    for k in range(p.n(2, 5)):
        out.append(Unit("para", p.one(HAN_DIGITS[k] + "、", f"第{HAN_DIGITS[k]}条　", "") + p.one("任命", "免去", "审议", "听取") + p.name() + p.one(f"为{p.office()}局长；", f"的{p.office()}局长职务；", "同志关于" + p.phrase(6, 12) + "的报告。")))
    return out + ([Unit("sign", p.date())] if p.odds(0.5) else [])


def masthead(p):
    """The head of a paper or a page, with slogans and credits."""
    name = p.town() + p.one("日报", "晚报", "新闻", "周刊")
    lines = [name, f"{p.town().upper()}", f"第{p.n(100, 9999)}期", p.date() + f" 星期{p.rng.choice('一二三四五六日')}", f"农历{p.one('甲辰', '乙巳')}年{p.one('三', '七')}月廿{p.one('二', '五')}", f"国内统一连续出版物号CN{p.n(10, 65)}-00{p.n(10, 99)}", f"今日{p.n(4, 16)}版", f"编辑：{p.name()} 版式：{p.name()}", p.phrase(4, 6), "客户端", "微信号", f"www.{p.rng.choice('abcd')}{p.n(10, 999)}.example", f"{p.n(1, 16):02d}", "Culture", "要闻", "副刊"]
    p.rng.shuffle(lines)
    return [Unit("furniture", x) for x in lines[: p.n(4, 11)]] + stories(p)


def obituary(p):
    """Obituaries, thanks and condolences."""
    who = p.name()
    out = [Unit("headline", p.one("讣告", "鸣谢", "沉痛悼念", "寻人启事"))]
    out.append(Unit("para", f"{who}同志因病医治无效，于{p.date()}在{p.town()}逝世，享年{p.n(60, 99)}岁。{p.sentence(1, 3)}"))
    out += p.body(0, 2)
    return out + [Unit("sign", p.one(who + "治丧委员会", p.office(), p.name() + "携全家")), Unit("sign", p.date())]


def jobs(p):
    """Posts with pay and terms, rows and paragraphs in turn."""
    out = [Unit("headline", p.phrase(4, 8) + "诚聘")]
    for k in range(p.n(2, 6)):
        post = p.one("会计", "电工", "导购员", "厨师", "司机", "文员", "保安", "店长")
        out.append(Unit("short", p.one(f"{post}{p.n(1, 9)}名：{p.sentence(1, 3)}", f"{post} {p.n(1, 9)}名 {p.n(20, 80)}00元/月", f"{k + 1}.{post}：{p.clause()}，{p.clause(4, 10)}；", f"{post}（{p.n(1, 9)}人）")))
    return out + [Unit("short", p.one(f"联系人：{p.name()} 电话：{p.phone()}", f"地址：{p.town()}{p.phrase(3, 6)}{p.n(1, 99)}号", f"有意者请于{p.date()}前将简历投至{p.n(100, 999)}@paper.example。"))]


def timeline(p):
    """Dates with what happened."""
    out = [p.headline()] + (p.body(1, 1) if p.odds(0.5) else [])
    form = p.one("{y}年", "{y}年{m}月", "{y}年{m}月{d}日，", "{m}月{d}日 ", "{y}年：", "{y} ")
    for k in range(p.n(3, 8)):
        out.append(Unit("para", form.format(y=1949 + 7 * k, m=p.n(1, 12), d=p.n(1, 28)) + p.sentence(1, 3, p.one("。", "。", "；", ""))))
    return out


def slogans(p):
    """Slogans and display lines of a public-service page."""
    return [Unit("short", p.one(p.phrase(4, 8) + p.one("", "！", " ") + p.phrase(4, 8), p.phrase(4, 12), p.phrase(4, 8) + "，" + p.phrase(4, 8) + p.one("！", ""))) for _ in range(p.n(4, 9))] + p.body(0, 2)


def opinions(p):
    """Vox pop: a name, a place, and what was said."""
    out = [p.headline()]
    form = p.one("{n}（{t}）：", "@{n}：", "网友“{n}”：", "{t}读者{n}：", "【{n}】")
    return out + [Unit("para", form.format(n=p.name(), t=p.town()) + p.sentence(1, 4) + (p.sentence(1, 3) if p.odds(0.4) else "")) for _ in range(p.n(3, 8))]


def regulations(p):
    """Chapters and articles of a regulation, each with a gap behind its number."""
    gap = p.one("　", " ", "  ", "")
    out = [Unit("headline", p.town() + p.phrase(4, 8) + p.one("条例", "办法", "管理规定"))]
    k = 1
    for chapter in range(p.n(1, 3)):
        out.append(Unit("subhead", f"第{HAN_DIGITS[chapter]}章{gap or ' '}{p.phrase(3, 6)}"))
        for _ in range(p.n(2, 5)):
            han = HAN_DIGITS[(k - 1) % 10] if k <= 10 else "十" + HAN_DIGITS[(k - 11) % 9]
            out.append(Unit("para", f"第{han}条{gap}{p.sentence(2, 4)}"))
            out += [Unit("para", f"（{HAN_DIGITS[j]}）{p.clause()}；") for j in range(p.n(2, 4))] if p.odds(0.25) else []
            k += 1
    return out


def questions(p):
    """Answers to readers under a question that is a line."""
    out = []
    for _ in range(p.n(2, 5)):
        out += [Unit("subhead", p.clause(6, 16) + p.one("？", "怎么办", "？")), *p.body(1, 2)]
    return out


def magazine(p):
    """The head of an e-text: its name, rules of dashes, rows of titles with authors at the margin, sections."""
    rule = p.one("—", "=", "-", "＊", "─", "※", "*") * p.n(12, 36)
    measure = p.n(30, 40) * 2

    def row(title, author):
        return title + " " * max(2, measure - 2 * (len(title) + len(author))) + author

    out = [Unit("furniture", p.town() + p.one("文摘", "增刊", "通讯") + f" 第{p.n(1, 400)}期"), Unit("furniture", rule)]
    for _ in range(p.n(3, 7)):
        section = p.one("", "", "【" + p.phrase(3, 4) + "】")
        out.append(Unit("contents", row(section + p.phrase(5, 14), p.name()), line=True))
        if p.odds(0.2):
            out.append(Unit("contents", row("——" + p.phrase(5, 10), p.name()), line=True))
    out.append(Unit("furniture", rule))
    for _ in range(p.n(1, 3)):
        out += [Unit("subhead", "【" + p.phrase(3, 4) + "】"), p.headline(), Unit("byline", "·" + p.name() + "·"), *p.body(2, 5), Unit("furniture", rule)]
    return out


def broadside(p):
    """Long paragraphs, as on broadsides and in books of wide measure."""
    return [p.headline()] + [Unit("para", "".join(p.text() for _ in range(p.n(1, 4)))) for _ in range(p.n(3, 7))] + ([Unit("sign", p.office()), Unit("sign", p.date())] if p.odds(0.4) else [])


KINDS = {f.__name__: f for f in (
    stories, briefs, courts, labels, notices, adverts, weather, timetable, contents, markers, rosters, cells, prices, short_lists, serial,
    footnotes, quotations, captions, letters, exams, interviews, verse, scores, meeting, masthead, obituary, jobs, timeline, slogans,
    opinions, regulations, questions, magazine, broadside,
)}
