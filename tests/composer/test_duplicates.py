"""Which articles tell the same story twice."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.composer.duplicates import Duplicate, duplicates, gaps, letters, same_facts, shingle_size, shingles
from digest.model import Article, Block, Origin

CHINESE = """青石镇的老粮站空了十一年，今年春天重新亮起了灯。
镇里没有拆掉那排砖木仓房，而是请木匠把朽坏的梁换下来，把仓门刷成原来的墨绿色。
第一间仓房现在是图书室，书架用旧粮囤的木板钉成，管理员吴桂兰每天下午三点开门，放学的孩子排着队等她掏钥匙。
第二间仓房租给了返乡的年轻人做酱菜，雪里蕻和萝卜条装进陶罐，贴上手写的标签，去年冬天卖出四千二百罐。
最里头的一间留给老粮工，墙上挂着过秤的木牌和发黄的工资单，八十三岁的鲁师傅常来坐坐，给来人讲当年怎样听粮食的声音辨干湿。
镇长说，房子老了不等于没用了，关键是让人愿意走进来。下一步，粮站后面的晒场要铺平，夏天放露天电影。"""
ENGLISH = """The ferry that links Saltmarsh with the island of Garron will sail again on Monday
after nine weeks in dock.
Engineers found cracks in a propeller shaft during a winter inspection,
and the only replacement had to be cast in Norway.
While the boat was away, islanders relied on two fishing vessels
that carried mail, medicine and, on one occasion, a piano.
Moira Tallis, who runs the bakery on the quay, said she had learned
to order flour a fortnight ahead and to pray for calm.
The county has promised a second boat by next summer, but councillors admit
that nobody has yet agreed who will pay for it."""
JAPANESE = """山あいの小さな駅に、ひと月だけの食堂が開いた。
廃線になるはずだった待合室を、地元の高校生たちが自分たちで塗り直したという。
名物は川魚の味噌汁と、古い品種の米で握ったおむすびである。材料はすべて近くの畑と谷川でとれたものだ。
店長を務める三年生の桐生さんは、列車を待つ人が話しはじめるのを見るのがうれしいと語る。
食堂は雪が積もるころに閉まるが、町は来年も場所を貸すことを決めた。"""
KOREAN = """갯바람마을의 오래된 소금창고가 작은 음악당으로 다시 문을 열었다.
주민들은 두 해 동안 벽돌을 하나씩 닦아 옮겼다고 한다.
첫 연주회에는 이웃 섬에서 배를 타고 온 사람까지 백여 명이 모였고, 자리가 모자라 창틀에 걸터앉은 이도 있었다.
지붕의 틈은 일부러 막지 않았다. 소리가 그 틈으로 빠져나가 갯벌까지 들린다는 것이 목수 노인의 설명이다.
마을은 가을까지 달마다 두 번씩 연주회를 열고, 입장료 대신 쌀이나 마른 생선을 받기로 했다."""
STORIES = {"zh-CN": CHINESE, "en": ENGLISH, "ja": JAPANESE, "ko": KOREAN}

# Two days' weather, two people's photographs, two court notices: one frame, other facts.
FRAMES = {
    "weather": (
        "市气象台预报：今天白天到夜间多云转阴，西北风三到四级，最高气温零上五度，最低气温零下十六度。明天有小雪，请市民注意防寒保暖，合理安排出行。",
        "市气象台预报：今天白天到夜间晴间多云，东南风二到三级，最高气温零上九度，最低气温零下十一度。明天有大风，请市民注意防寒保暖，合理安排出行。",
    ),
    "lottery": (
        (
            "福彩第2031042期开奖：红球 03 08 15 22 27 31 蓝球 09，"
            "本期销售总额三百一十二万元，一等奖4注，每注奖金6812045元，奖池累计12040881元。"
        ),
        (
            "福彩第2031043期开奖：红球 01 11 14 19 26 33 蓝球 16，"
            "本期销售总额二百九十八万元，一等奖7注，每注奖金5530917元，奖池累计11976320元。"
        ),
    ),
    "prices": (
        "今日菜价（元/斤）：白菜1.25，土豆2.30，黄瓜4.15，芹菜3.60，猪肉14.80，羊肉38.50，鸡蛋5.45。以上价格由市价格监测中心提供，仅供参考。",
        "今日菜价（元/斤）：白菜1.40，土豆2.15，黄瓜3.95，芹菜3.85，猪肉15.20，羊肉39.00，鸡蛋5.10。以上价格由市价格监测中心提供，仅供参考。",
    ),
    "caption": (
        "3月12日，志愿者在城南公园栽种白杨。连日来，各地干部群众抢抓春季造林的有利时机，以实际行动为大地添绿，为家园增色。本报记者孟远摄",
        "3月14日，小学生在北河湿地认养海棠。连日来，各地干部群众抢抓春季造林的有利时机，以实际行动为大地添绿，为家园增色。本报记者邵晴摄",
    ),
    "court": (
        "葛大勇：本院受理原告冯晓梅诉你买卖合同纠纷一案，已审理终结。现依法向你公告送达（2031）青0417民初812号民事判决书，自公告之日起三十日内来本院领取。",
        "汤立新：本院受理原告白玉堂诉你民间借贷纠纷一案，已审理终结。现依法向你公告送达（2031）青0417民初947号民事判决书，自公告之日起三十日内来本院领取。",
    ),
    "rates": (
        (
            "The crown closed at 1.3127 against the mark, compared with 1.3054 the day before. "
            "The index ended up 42 points at 5817. "
            "Gold was fixed at 1184 an ounce and wheat at 227 a tonne."
        ),
        (
            "The crown closed at 1.2988 against the mark, compared with 1.3127 the day before. "
            "The index ended down 69 points at 5748. "
            "Gold was fixed at 1201 an ounce and wheat at 219 a tonne."
        ),
    ),
    "sea": (
        (
            "오늘 남해안은 대체로 맑겠다. 아침 최저기온은 4도, 낮 최고기온은 17도로 예보됐다. "
            "물결은 앞바다에서 1미터, 먼바다에서 2미터로 일겠다. 미세먼지는 보통이다."
        ),
        (
            "오늘 남해안은 흐리고 비가 오겠다. 아침 최저기온은 9도, 낮 최고기온은 12도로 예보됐다. "
            "물결은 앞바다에서 3미터, 먼바다에서 5미터로 일겠다. 미세먼지는 좋음이다."
        ),
    ),
}


def article(body: str, title: str = "") -> Article:
    blocks = tuple(Block("paragraph", line) for line in body.split("\n"))
    return Article("a1", "article", title, Origin("p.txt", 1, 1), blocks)


def pairs(*bodies: str) -> list[tuple[int, int]]:
    return [(found.kept, found.other) for found in duplicates([article(body) for body in bodies])]


def damaged(text: str, seed: int, rate: float = 0.05) -> str:
    """Misread letters at a rate, set spaces between Han, and make marks half-width, as OCR does."""
    random = Random(seed)
    own = [letter for letter in text if letter.isalnum()]
    read = "".join(random.choice(own) if each.isalnum() and random.random() < rate else each for each in text)
    spaced = "".join(each + " " if "一" <= each <= "龥" and random.random() < 0.05 else each for each in read)
    return spaced.translate(str.maketrans("，。：", ",.:"))


@pytest.fixture(params=STORIES)
def story(request: pytest.FixtureRequest) -> str:
    return STORIES[request.param]


def test_the_same_text_twice_is_a_duplicate_and_the_earlier_stays(story: str) -> None:
    assert duplicates([article(story, "甲报的标题"), article(story, "乙报的标题")]) == (Duplicate(0, 1, 1.0),)


def test_the_fuller_stays_wherever_it_stands(story: str) -> None:
    assert pairs(story[: len(story) // 2], story) == [(1, 0)]


def test_a_story_cut_to_a_third_is_a_duplicate(story: str) -> None:
    assert pairs(story, story[: len(story) * 35 // 100]) == [(0, 1)]


def test_ocr_damage_in_both_copies_hides_one_in_twenty_at_most(story: str) -> None:
    assert sum(len(pairs(damaged(story, seed), damaged(story, seed + 100))) for seed in range(20)) >= 19


def test_damage_in_both_copies_and_a_cut_in_one_hide_one_in_five_at_most(story: str) -> None:
    half = len(story) // 2
    assert sum(len(pairs(damaged(story, seed), damaged(story[:half], seed + 100))) for seed in range(20)) >= 16


def test_spaces_and_marks_are_no_difference() -> None:
    assert duplicates([article(CHINESE), article(CHINESE.replace("，", " , ").replace("。", "."))])[0].share == 1.0


def test_full_width_digits_and_capitals_are_no_difference() -> None:
    assert letters(article("第１０期 ＡＢＣ—Ｄ")) == letters(article("第10期abcd"))


def test_an_accent_on_its_own_belongs_to_its_letter() -> None:
    assert letters(article("cafe\u0301 か\u3099")) == "caféが"


def test_an_edited_word_here_and_there_hides_nothing() -> None:
    edited = CHINESE.replace("今年春天", "今春").replace("管理员", "馆员").replace("四千二百罐", "四千多罐")
    assert pairs(CHINESE, edited) == [(0, 1)]


def test_a_left_out_paragraph_hides_nothing(story: str) -> None:
    first, _, *rest = story.split("\n")
    assert pairs(story, "\n".join([first, *rest])) == [(0, 1)]


def test_the_share_is_how_much_of_the_other_the_kept_one_has() -> None:
    (found,) = duplicates([article(CHINESE), article(CHINESE.replace("镇", "乡"))])
    assert 0.8 < found.share < 1.0


def test_different_stories_are_not_duplicates() -> None:
    assert pairs(*STORIES.values()) == []


def test_two_parts_of_one_story_are_not_duplicates(story: str) -> None:
    assert pairs(story[: len(story) // 2], story[len(story) // 2 :]) == []


def test_a_follow_up_that_repeats_the_background_is_not_a_duplicate() -> None:
    lead = """青石镇老粮站的露天电影昨晚开映，三百多张竹椅坐得满满当当，银幕就挂在两棵老槐树之间。
放映员小温把机器架在卡车上，开场前先放了一段全镇人自己拍的短片，台下笑声一阵接着一阵。"""
    assert pairs(CHINESE, "\n".join([lead, *CHINESE.split("\n")[:4]])) == []


@pytest.mark.parametrize("frame", FRAMES)
def test_other_facts_in_the_same_frame_are_not_duplicates(frame: str) -> None:
    assert pairs(*FRAMES[frame]) == []


@pytest.mark.parametrize("frame", FRAMES)
def test_the_same_facts_read_by_two_ocrs_are_duplicates(frame: str) -> None:
    assert len(pairs(FRAMES[frame][0], damaged(FRAMES[frame][0], 4))) == 1


def test_figures_alone_make_other_facts() -> None:
    prices = FRAMES["prices"]
    assert not same_facts(letters(article(prices[0])), letters(article(prices[1])))
    assert same_facts(letters(article(prices[0])), letters(article(prices[0].replace("38.50", "38.60"))))


def test_among_many_in_one_frame_only_the_same_facts_are_duplicates() -> None:
    frame = (
        "因供水管网检修，{}将于五月{}日{}时起停水，请沿线用户提前做好储水准备，"
        "由此带来不便，敬请谅解。特此公告，供水服务热线全天开通。"
    )
    streets = ("槐树街", "染坊巷", "文昌路", "渡口村")
    notices = [
        frame.format(street, day, hour) for street, day, hour in zip(streets, "二三六九", "七八五四", strict=True)
    ]
    assert pairs(*notices, notices[2]) == [(2, 4)]


def test_short_items_are_duplicates_only_letter_by_letter() -> None:
    notice = "图书室周一闭馆整理，周二下午三点照常开放。"
    assert pairs(notice, notice.replace("，", ",")) == [(0, 1)]
    assert pairs(notice, notice.replace("三点", "四点")) == []


@pytest.mark.parametrize("body", ["", "本报记者孟远摄", "……", "Photo by the agency"])
def test_what_says_next_to_nothing_is_never_a_duplicate(body: str) -> None:
    assert pairs(body, body, body) == []


def test_copies_of_copies_collapse_on_the_fullest() -> None:
    half, third = CHINESE[: len(CHINESE) // 2], CHINESE[: len(CHINESE) // 6]
    assert pairs(third, half, CHINESE, half) == [(2, 0), (2, 1), (2, 3)]


def test_what_stands_in_two_stories_goes_with_the_fuller() -> None:
    before, shared, after = CHINESE[:150], CHINESE[150:220], JAPANESE[:50]
    assert pairs(shared + after, shared, before + shared) == [(2, 1)]


@pytest.mark.parametrize("bodies", [[], [CHINESE]])
def test_fewer_than_two_articles_have_no_duplicates(bodies: list[str]) -> None:
    assert pairs(*bodies) == []


def test_gaps_are_what_stands_in_no_shared_shingle() -> None:
    assert [*gaps(shingles("甲乙丙丁戊己庚辛壬癸子"), frozenset({"丙丁戊己庚"}))] == [2, 4]


def test_shingles_are_longer_where_words_are_spelt() -> None:
    assert (shingle_size("青石镇的老粮站"), shingle_size("theferrythatlinks")) == (5, 8)
    assert shingles("老粮站空了十") == ["老粮站空了", "粮站空了十"]


def test_the_library_is_not_loaded_before_it_is_needed() -> None:
    code = "import sys, digest.composer.duplicates; sys.exit('rensa' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_hash_seed_changes_nothing(seed: str) -> None:
    bodies = [damaged(body, at) for at, body in enumerate([*STORIES.values(), *STORIES.values()])]
    code = (
        "import sys; from digest.composer.duplicates import duplicates; from digest.model import *\n"
        f"bodies = {bodies!r}\n"
        "print(duplicates([Article('a', 'article', '', Origin('p', 1, 1), (Block('paragraph', b),)) for b in bodies]))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env={"PYTHONHASHSEED": seed}
    )
    assert run.stdout.strip() == str(duplicates([article(body) for body in bodies]))


VERSIONS = st.builds(
    lambda story, size, seed: damaged(story, seed, 0.03)[: len(story) * size // 100],
    st.sampled_from(list(STORIES.values())),
    st.integers(40, 100),
    st.integers(0, 3),
)


@given(st.lists(VERSIONS | st.sampled_from([body for both in FRAMES.values() for body in both]), max_size=8))
@settings(max_examples=60)
def test_each_is_left_out_once_and_what_stays_is_never_left_out(bodies: list[str]) -> None:
    found = duplicates([article(body) for body in bodies])
    others = [own.other for own in found]
    assert others == sorted(set(others))
    assert not {own.kept for own in found} & set(others)
    assert all(len(letters(article(bodies[own.kept]))) >= len(letters(article(bodies[own.other]))) for own in found)


@given(st.lists(VERSIONS, max_size=8, unique_by=lambda body: len(letters(article(body)))), st.randoms())
@settings(max_examples=60)
def test_the_order_of_articles_changes_nothing(bodies: list[str], random: Random) -> None:
    mixed = random.sample(bodies, len(bodies))
    assert told(bodies) == told(mixed)


def told(bodies: Sequence[str]) -> set[tuple[str, str]]:
    return {(bodies[kept], bodies[other]) for kept, other in pairs(*bodies)}
