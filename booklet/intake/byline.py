"""Who speaks: lines that name an organisation or a person, and how they are told from titles."""

import re
from collections.abc import Sequence

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹"
    "孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚"
    "符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席"
    "卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
)
COMPOUND = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|端木|夏侯|独孤|南宫|宇文|长孙|闻人|申屠|钟离|淳于|赫连"
NAME = rf"(?:(?:{COMPOUND})[\s　]?[\u4e00-\u9fff]{{1,2}}|[{SURNAMES}][\s　]{{0,2}}[\u4e00-\u9fff](?:[\s　]?[\u4e00-\u9fff])?|[\u4e00-\u9fff]{{2,5}}·[\u4e00-\u9fff]{{2,7}})"
LABEL = re.compile(r"(?:发言人|发言单位|发言|作者|主讲人|汇报人|汇报单位|单位|讲述人|讲述)[：:]\s*")
ORGANISATION = re.compile(
    r"(?:委员会|工委|省委|市委|县委|区委|团委|党委|党组|支部|党总支|政府|部|厅|局|处|科|署|院|校|大学|学院|学校|中学|小学|幼儿园|医院|"
    r"协会|学会|联合会|总会|分会|商会|工会|妇联|红十字会|基金会|团队|服务队|突击队|救援队|总队|支队|大队|中队|队|小组|班组|班|组|公司|集团|厂|车间|银行|"
    r"中心|街道|社区|居委会|村委会|村|镇|乡|连|营|团|站|馆|所|社|合作社|基地|办公室|办|病区|法院|检察院|分局)$"
)
POST = re.compile(
    r"(?:长|书记|主任|副主任|经理|总监|代表|队员|教师|老师|护士|医生|医师|工程师|技师|技术员|委员|主席|会长|干事|校长|院长|局长|标兵|模范|劳模|"
    r"获得者|负责人|发起人|志愿者|工人|职工|民警|战士|消防员|教授|讲师|研究员|党员|班主任|组长|站长|员)$"
)
PERSON = re.compile(NAME)
PERSON_AND_POST = re.compile(rf"({NAME}|[\u4e00-\u9fff·]{{2,6}})[（(]([^（）()]{{2,40}})[）)]")
POST_AND_PERSON = re.compile(rf"(\S.{{2,38}}?)[\s　]+({NAME})")
PERSON_THEN_POST = re.compile(rf"({NAME})[\s　]+(\S.{{2,38}})")
POST_GLUED = re.compile(
    rf"(.{{2,38}}(?:长|书记|主任|经理|代表|主席|教师|护士|医生|工程师|教授|队员))({NAME})"
)
DESIGNATION = re.compile(
    r"(第[一二三四五六七八九十百\d]+批.*?(?:示范点|示范单位|标兵|先进集体|先进个人|模范|基地))(?=.{4})"
)
NOTE_LABELS = ("编者按", "编者的话", "编前话", "按语")
BAR = re.compile(r"\s*[|｜丨]\s*")  # between a post and a name
NO_BYLINE = re.compile(r"[“”‘’《》，。！？…]|——")  # what a title may have and a byline never


def is_byline(row: str) -> bool:
    """Tell whether a short line names an organisation or a person."""
    row = BAR.sub("　", LABEL.sub("", row, count=1)).strip()
    if row in NOTE_LABELS or NO_BYLINE.search(row) or not row:
        return False
    people = (PERSON, PERSON_AND_POST, POST_AND_PERSON, PERSON_THEN_POST, POST_GLUED)
    return bool(ORGANISATION.search(row)) or any(one.fullmatch(row) for one in people)


def is_name(row: str) -> bool:
    """Tell whether a line is a person's name and nothing else."""
    return bool(PERSON.fullmatch(row.strip()))


def is_post(row: str) -> bool:
    """Tell whether a line is a person's post, or where he works."""
    if NO_BYLINE.search(row):
        return False
    return bool(POST.search(row) or ORGANISATION.search(row))


def byline_rows(rows: Sequence[str]) -> int:
    """Return how many of these lines, which follow a title, are its byline: 0, 1 or 2."""
    if not rows:
        return 0
    if len(rows) > 1 and any(
        is_name(one) and is_post(other) for one, other in (rows[:2], rows[1::-1])
    ):
        return 2
    return int(is_byline(rows[0]))


def split_byline(rows: Sequence[str]) -> tuple[str, str]:
    """Return (speaker, designation) of a byline's lines.

    王芳（镇党委副书记）, 县教育局局长　张建国, 第八批示范点某公司, or name and post on two lines.
    """
    if len(rows) > 1:
        name, post = (rows[0], rows[1]) if is_name(rows[0]) else (rows[1], rows[0])
        return squeezed(name), post
    byline = BAR.sub("　", LABEL.sub("", rows[0], count=1)).strip() if rows else ""
    for pattern, name_at in (
        (PERSON_AND_POST, 1),
        (POST_AND_PERSON, 2),
        (PERSON_THEN_POST, 1),
        (POST_GLUED, 2),
    ):
        if found := pattern.fullmatch(byline):
            if pattern is POST_GLUED and ORGANISATION.search(byline):
                continue
            return squeezed(found[name_at]), found[3 - name_at].strip()
    if found := DESIGNATION.match(byline):
        return byline[found.end() :], found[1]
    return byline, ""


def squeezed(name: str) -> str:
    """Return a name without the blanks that spread two characters over three."""
    return "".join(name.split())
