"""Stories of our own in the manner of local papers: each speaks of one matter in one place, in its own words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random


@dataclass(frozen=True)
class Story:
    """A story as an editor would mark it; `subheads` stand before the paragraph of their number."""

    title: str
    paragraphs: tuple[str, ...]
    kind: str = "article"
    column: str = ""
    kicker: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    subheads: tuple[tuple[int, str], ...] = ()
    captions: tuple[str, ...] = ()


SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆"
    "郝孔白崔康毛邱秦江史顾侯邵孟龙万段"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英建华文玉萍红玲志国海春梅晓东雪峰云飞立新永福宝珍林凤金荣"
PLACES = [
    "临河区",
    "青山街道",
    "白杨镇",
    "东湖社区",
    "石门村",
    "柳林乡",
    "北关街道",
    "西江区",
    "南屏镇",
    "永宁社区",
    "金沙村",
    "红旗农场",
    "新城区",
    "望江街道",
    "云溪镇",
    "长岭社区",
]
BODIES = [
    "党委",
    "居委会",
    "供电所",
    "派出所",
    "卫生院",
    "中学",
    "图书馆",
    "林业站",
    "税务所",
    "消防站",
    "文化站",
    "水务局",
    "司法所",
    "养老院",
    "合作社",
    "公交公司",
]
# What a story is about: the matter, what is done for it, how much of it there is, and what comes of it.
MATTERS = [
    ("食堂明厨亮灶", ["把后厨搬到玻璃墙里", "公开每天的菜单和进价", "请家长代表轮流检查"], "处后厨", "饭菜看得见"),
    ("老旧小区改造", ["更换供暖管道", "重做屋面防水", "在楼道里设议事桌"], "栋居民楼", "暖气热起来"),
    ("夜间图书漂流", ["延长阅览室开放时间", "在公交站设书柜", "为盲人读者录制有声书"], "册图书", "书香飘进巷子"),
    ("森林防火巡护", ["划定责任地块", "用无人机查看火情", "组织村民轮流值守"], "公里防火道", "山林更安全"),
    ("河道清淤治污", ["拆除违建码头", "疏通支流暗渠", "沿岸栽种芦苇"], "万立方米淤泥", "河水清了"),
    ("返乡创业扶持", ["开办电商课堂", "提供小额贴息贷款", "帮助注册商标"], "名返乡青年", "年轻人回来了"),
    ("家庭医生签约", ["为老人建立健康档案", "每季度上门随访", "在村口设流动药箱"], "户家庭", "看病少跑路"),
    ("非遗剪纸进校园", ["请老艺人开课", "编写乡土教材", "举办作品巡展"], "名学生", "老手艺有新人"),
    ("公交线路优化", ["增开早晚班车", "在车厢装电子站牌", "听取乘客意见调整站点"], "条线路", "出行更方便"),
    ("冬季蔬菜保供", ["加固日光温室", "开通绿色运输通道", "每天公布批发价"], "座大棚", "菜价稳得住"),
    ("矛盾纠纷调解", ["成立老班长工作室", "推行一案一册", "把调解桌搬到院坝"], "起纠纷", "邻里更和睦"),
    ("税费优惠落实", ["上门辅导申报", "开设绿色窗口", "建立问题清单"], "家小微企业", "红利进账快"),
    ("水库冰面救援训练", ["反复练习破冰下水", "检查保温装备", "与村医联合演练"], "人次队员", "救援更及时"),
    ("垃圾分类积分", ["设积分兑换点", "请小学生当监督员", "评选最美庭院"], "个投放点", "院子更干净"),
    ("农田水利建设", ["修复灌溉渠道", "安装滴灌设备", "统一调度用水"], "亩农田", "旱地变水田"),
    ("儿童暑期托管", ["开设书法和游泳班", "招募大学生志愿者", "提供平价午餐"], "名孩子", "家长上班安心"),
]
OPENINGS = [
    "今年以来，{place}{body}围绕{matter}，{do}，{do2}，已经惠及{number}{unit}。",
    "连日来，在{place}，{matter}正在有序推进。{body}{do}，第一批{number}{unit}已经完成。",
    "{month}月{day}日，记者在{place}看到，{body}的工作人员正忙着{do}，这是当地推进{matter}的一个场景。",
    "“过去最愁的就是这件事，现在总算有了着落。”{month}月{day}日，说起{matter}，{place}居民{person}连连点头。",
]
SENTENCES = [
    "{body}先后召开座谈会{small}次，收集意见{number2}条，逐条列出清单。",
    "为了{do}，{body}抽调人员组成专班，明确责任人和完成时限。",
    "截至目前，全{scope}累计完成{number}{unit}，占全年任务的{percent}%。",
    "“办法是大家商量出来的，谁都愿意出力。”{body}负责人{person}说。",
    "在{place}，{person}每天{hour}点出门，一家一家核对情况，晚上再把数据录入台账。",
    "针对群众反映的突出问题，{body}坚持{do2}，做到件件有回音。",
    "{person}算了一笔账：仅此一项，每年就能节省开支{money}万元。",
    "工作中，最难的是协调各方，{body}采取“一事一议、一户一策”的办法，逐个化解。",
    "如今走进{place}，{result}，人们脸上的笑容也多了。",
    "对行动不便的老人，{body}安排专人上门，{do3}，不落一户。",
    "这一做法得到上级肯定，周边{small}个乡镇前来学习。",
    "据统计，活动开展以来，参与群众达{number}余人次，满意率为{percent}%。",
    "“以前要跑好几趟，现在{hour}分钟就办完了。”居民{person}高兴地说。",
    "{body}还与{number2}家单位结成对子，定期通报进展，共同解决难题。",
]
CLOSINGS = [
    "下一步，{place}将继续推进{matter}，让更多群众受益。",
    "{body}负责人{person}表示，将总结经验，完善制度，把{matter}做细做实。",
    "“{result}，日子就更有盼头。”{person}说。",
    "目前，{place}正在谋划下一批项目，计划明年上半年全部完成。",
]
TITLES = [
    "{place}{matter}见成效",
    "{result}",
    "{result} 民心暖起来",
    "{place}：{matter}让{result}",
    "{matter}的“{small}本账”",
    "{place}{body}扎实推进{matter}",
    "一件实事办到心坎上 {place}{matter}纪实",
    "“{small}步法”推动{matter}提质增效",
    "{number}{unit}的新变化",
]
KICKERS = ["{place}：", "{place}{body}：", "办好民生实事", "基层治理新实践", "走进一线 服务群众", "冬日里的暖流"]
SUBTITLES = ["{place}{matter}见闻", "记{place}{body}{person}", "来自{place}的调查", "{place}{body}{matter}侧记"]
COLUMNS = ["一线见闻·新春走基层", "民生直通车", "学习贯彻进行时·看基层", "乡村振兴 我们在行动"]
SUBHEADS = ["{result}", "清单变账单", "一张桌子议大事", "好经验 新办法", "把服务送上门", "难题怎么破"]
CAPTIONS = [
    "{place}{body}工作人员{do}。",
    "图为{place}{matter}现场。",
    "在{place}，人们{do2}。",
    "居民{person}在{place}查看进展。",
]


def make_story(random: Random, length: int = 0, matter: int | None = None) -> Story:
    """Write a story of `length` paragraphs (0: two to eight) about one matter, by its number or any, in one place."""
    words = _words(random, matter)
    count = length or random.choice([2, 3, 3, 4, 5, 6, 8])
    middle = [_paragraph(random, words) for _ in range(count - 2)]
    opening = _say(random.choice(OPENINGS), words, random)
    title = random.choice(TITLES)
    # A title that only says what came of it is about something that the story says too.
    closing = _say(CLOSINGS[2] if "{result}" in title else random.choice(CLOSINGS), words, random)
    return Story(
        title=_say(title, words, random),
        paragraphs=(opening, *middle, closing) if count > 1 else (opening,),
        kicker=_say(random.choice(KICKERS), words, random) if random.random() < 0.35 else "",
        subtitle=_say(random.choice(SUBTITLES), words, random) if random.random() < 0.25 else "",
        column=random.choice(COLUMNS) if random.random() < 0.1 else "",
        authors=tuple(_person(random) for _ in range(random.choice([1, 1, 1, 2, 3]))),
    )


def with_subheads(story: Story, random: Random) -> Story:
    """Put subheads before some paragraphs of a long story."""
    places = range(1, len(story.paragraphs) - 1, 2)
    heads = random.sample(SUBHEADS[1:], k=min(len(places), len(SUBHEADS) - 1))
    return replace(story, subheads=tuple(zip(places, heads, strict=False)))


def make_photo(random: Random) -> Story:
    """Write a captioned picture with a title of its own."""
    words = _words(random)
    text = _say(random.choice(OPENINGS[:3]), words, random) + _say(random.choice(CAPTIONS[:3]), words, random)
    title = _say(random.choice(["{matter}", "{place}{do}", "“{matter}”进{place}"]), words, random)
    return Story(title, (text,), kind="photo", authors=(_person(random),))


def make_caption(random: Random) -> str:
    """Write a caption without a title."""
    return _say(random.choice(CAPTIONS), _words(random), random)


def _paragraph(random: Random, words: dict[str, str]) -> str:
    return "".join(_say(line, words, random) for line in random.sample(SENTENCES, k=random.choice([1, 2, 3, 4, 5])))


def _words(random: Random, which: int | None = None) -> dict[str, str]:
    matter, deeds, unit, result = random.choice(MATTERS) if which is None else MATTERS[which]
    do, do2, do3 = random.sample(deeds, 3)
    scope = random.choice(["区", "镇", "县", "市"])
    return {
        "place": random.choice(PLACES),
        "body": random.choice(BODIES),
        "matter": matter,
        "unit": unit,
        "do": do,
        "do2": do2,
        "do3": do3,
        "result": result,
        "scope": scope,
    }


def _say(line: str, words: dict[str, str], random: Random) -> str:
    numbers = {
        "number": str(random.choice([random.randint(3, 99), random.randint(100, 9999)])),
        "number2": str(random.randint(11, 99)),
        "small": random.choice("两三四五六七八九"),
        "percent": f"{random.randint(51, 99)}.{random.randint(1, 9)}",
        "money": f"{random.randint(1, 90)}.{random.randint(1, 9)}",
        "hour": str(random.randint(5, 9)),
        "month": str(random.randint(1, 12)),
        "day": str(random.randint(1, 28)),
    }
    return line.format(**words, **numbers, person=_person(random))


def _person(random: Random) -> str:
    return random.choice(SURNAMES) + "".join(random.sample(GIVEN, random.choice([1, 2, 2])))
