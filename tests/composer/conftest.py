"""Small newspapers of our own, each with clear sections, in five ways of writing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from digest.model import Article, Block, Origin

Section = tuple[tuple[str, str], ...]

CHINESE: dict[str, Section] = {
    "水稻": (
        (
            "早稻育秧全面展开",
            "春分刚过，城南乡的早稻育秧棚里已是一片新绿。农技员蹲在秧盘边查看水温，叮嘱种粮大户控水炼苗。全乡早稻面积比去年多两千亩。",
        ),
        (
            "种粮大户试种优质稻",
            "种粮大户陈水根今年试种三百亩优质稻，育秧、插秧全用机械。农技员测算，优质稻每亩比普通早稻多收入二百元。",
        ),
        (
            "农技员田头讲课",
            "县农技站组织农技员下田，为种粮大户讲解早稻育秧和病虫防治。讲课就在田埂上，秧苗是教材，问一句答一句。",
        ),
        (
            "秧苗长势喜人",
            "连日晴好，早稻秧苗长势喜人。农技员提醒，插秧前三天要施送嫁肥，种粮大户应备足机械，抢晴天插秧。",
        ),
    ),
    "地铁": (
        (
            "地铁二号线试运行",
            "地铁二号线昨起试运行，全长三十公里，设站二十二座。列车司机说，隧道区间最高时速八十公里，乘客换乘一号线只需两分钟。",
        ),
        (
            "换乘通道今起开放",
            "为方便乘客换乘，地铁一号线与二号线之间的换乘通道今起开放。车站加派站务员引导客流，早高峰列车间隔缩到三分钟。",
        ),
        (
            "站务员的一天",
            "清晨五点，地铁站务员周敏打开闸机，检查扶梯和站台门。早高峰客流最大时，她一小时要回答上百名乘客的换乘问题。",
        ),
        (
            "三号线盾构始发",
            "地铁三号线首台盾构机昨日始发，隧道将下穿护城河。项目经理说，盾构每天掘进十二米，列车有望两年后通到车站广场。",
        ),
    ),
    "足球": (
        (
            "校园足球联赛开哨",
            "市校园足球联赛开哨，三十二支球队分八个小组比赛。揭幕战中，实验小学球队凭前锋两个进球取胜，守门员扑出点球。",
        ),
        (
            "女足姑娘夺冠",
            "在省青少年足球锦标赛决赛中，我市女足球队二比一逆转夺冠。前锋李悦下半场攻入制胜进球，教练赞她跑动最多。",
        ),
        (
            "老教练的足球梦",
            "退休教练何建国义务教孩子踢足球十二年，带出四支球队。他说赢球不是全部，守门员丢球后敢再扑一次才算学会比赛。",
        ),
        (
            "球场夜里也亮灯",
            "体育公园足球场装上新灯，夜间比赛不再摸黑。业余球队队长说，下班后约一场球，前锋、守门员都能凑齐，联赛也好安排。",
        ),
    ),
}
ENGLISH: dict[str, Section] = {
    "harbour": (
        (
            "Harbour bridge to close for repairs",
            (
                "The harbour bridge will close in June while engineers replace its cables. Ferries will carry "
                "commuters across the harbour, and the ferry company has hired two boats."
            ),
        ),
        (
            "Ferry company adds a night service",
            (
                "The ferry company will run boats across the harbour until midnight. Commuters asked for a later "
                "ferry when the bridge closes for its new cables."
            ),
        ),
        (
            "Fishing boats return to the harbour",
            (
                "Nine fishing boats are back in the harbour after winter. Skippers say the ferry wash is a nuisance, "
                "but the quay near the bridge is sound."
            ),
        ),
    ),
    "schools": (
        (
            "Pupils plant an orchard",
            (
                "Pupils at the village school planted forty apple trees. Their teacher says the orchard will be a "
                "classroom, and the school kitchen will use the apples."
            ),
        ),
        (
            "School kitchen wins award",
            (
                "The school kitchen that feeds three hundred pupils has won a county award. The head teacher praised "
                "the cooks and the pupils who grow vegetables."
            ),
        ),
        (
            "Teacher retires after forty years",
            (
                "A village teacher is leaving the classroom after forty years. Former pupils filled the school hall, "
                "and the head teacher read their letters."
            ),
        ),
    ),
}
JAPANESE: dict[str, Section] = {
    "漁港": (
        (
            "漁港に新しい市場",
            "漁港に新しい魚市場が完成した。漁協は水揚げされたサンマの競りを公開し、観光客にも魚市場を見てもらう考えだ。",
        ),
        (
            "サンマの水揚げ回復",
            "サンマの水揚げが三年ぶりに回復した。漁協によると、漁港には連日十隻の漁船が入り、魚市場の競りは活気づいている。",
        ),
        (
            "漁協が冷凍庫を増設",
            "漁協は漁港の冷凍庫を増設する。水揚げが続くサンマを魚市場から直送し、鮮度を保つ。漁船の氷も十分に用意する。",
        ),
    ),
    "図書館": (
        (
            "図書館で読み聞かせ",
            "市立図書館は絵本の読み聞かせを始めた。司書が選んだ絵本を児童に読み、貸出カードの作り方も教える。",
        ),
        (
            "司書おすすめの絵本展",
            "図書館の司書がすすめる絵本展が開かれている。児童は気に入った絵本をその場で貸出カードで借りられる。",
        ),
        (
            "移動図書館が山へ",
            "移動図書館の車が山の児童に絵本を届ける。司書は月二回巡回し、貸出は一人十冊まで。読み聞かせも好評だ。",
        ),
    ),
}
KOREAN: dict[str, Section] = {
    "사과": (
        (
            "사과 수확 시작",
            "과수원에서 사과 수확이 시작됐다. 농가는 올해 사과 당도가 높다고 말했다. 과수원 일손은 여전히 부족하다.",
        ),
        (
            "사과 농가 직거래",
            "사과 농가가 직거래 장터를 연다. 과수원에서 딴 사과를 바로 판다. 수확 철 농가 소득에 도움이 된다.",
        ),
        (
            "과수원 체험 인기",
            "과수원 사과 따기 체험이 인기다. 가족들은 수확한 사과를 가져간다. 농가는 체험 과수원을 늘린다.",
        ),
    ),
    "버스": (
        (
            "시내버스 노선 개편",
            "시내버스 노선이 개편된다. 승객은 정류장에서 새 노선을 확인해야 한다. 버스 기사 교육도 끝났다.",
        ),
        (
            "전기 버스 도입",
            "전기 시내버스 열 대가 노선에 들어간다. 승객은 조용하다고 반겼다. 버스 기사는 정류장 충전을 기대한다.",
        ),
        (
            "정류장 온열 의자",
            "버스 정류장에 온열 의자가 놓였다. 승객은 노선 안내판도 함께 본다. 시내버스 기사도 쉬어 간다.",
        ),
    ),
}

PAPERS = {"zh-CN": CHINESE, "en": ENGLISH, "ja": JAPANESE, "ko": KOREAN}

Paper = Callable[[str], list[tuple[str, Article]]]


@pytest.fixture(scope="session")
def paper() -> Paper:
    """Give the articles of a language's paper with their sections, the sections mixed as on a page."""

    def mixed(language: str) -> list[tuple[str, Article]]:
        sections = PAPERS[language]
        rows = zip(*sections.values(), strict=True)
        pairs = [(name, *story) for row in rows for name, story in zip(sections, row, strict=True)]
        return [
            (
                name,
                Article(
                    id=f"a{place:02}",
                    kind="article",
                    title=title,
                    origin=Origin("paper.txt", place + 1, place + 1),
                    blocks=(Block("paragraph", body),),
                    language=language,
                ),
            )
            for place, (name, title, body) in enumerate(pairs)
        ]

    return mixed
