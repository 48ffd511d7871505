"""What somebody needs so that an appointment works for them (RULEBOOK 4)."""

from __future__ import annotations

from enum import StrEnum


class AccessNeed(StrEnum):
    """One thing to be ready for."""

    WHEELCHAIR = "wheelchair"
    SIGN_LANGUAGE = "sign_language"
    WRITING = "writing"
    LARGE_PRINT = "large_print"
    DIALECT = "dialect"
    COMPANION = "companion"
    GUIDE_DOG = "guide_dog"
    READ_ALOUD = "read_aloud"
    EASY_READ = "easy_read"
    DO_NOT_RING = "do_not_ring"
    ELDERLY = "elderly"


LABELS = {
    AccessNeed.WHEELCHAIR: "坐轮椅，或走路不方便",
    AccessNeed.SIGN_LANGUAGE: "需要手语翻译",
    AccessNeed.WRITING: "听不清，用写字交流",
    AccessNeed.LARGE_PRINT: "看不清，需要大字",
    AccessNeed.READ_ALOUD: "看不见，要念给我听",
    AccessNeed.EASY_READ: "不太识字，要说得简单、配图",
    AccessNeed.DIALECT: "只会说方言，或少数民族语言",
    AccessNeed.COMPANION: "有家人或护理人员陪同",
    AccessNeed.GUIDE_DOG: "带导盲犬",
    AccessNeed.DO_NOT_RING: "不要打电话，发短信给我",
    AccessNeed.ELDERLY: "60 岁以上，请说慢一点、写大一点",
}
