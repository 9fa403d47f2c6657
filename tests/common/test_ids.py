import math

from tribune.common.ids import ALPHABET, new_id, new_receipt


def test_ids_have_no_look_alikes():
    assert not set("0o1ilуuv") & set(ALPHABET)
    assert {len(new_id()) for _ in range(100)} == {10}


def test_receipt_has_sixty_bits_and_can_be_spoken():
    receipt = new_receipt()
    syllables = [part for part in receipt.split("-") if part.isalpha()]
    digits = [part for part in receipt.split("-") if part.isdigit()]
    n_syllables = sum(len(part) // 2 for part in syllables)
    bits = n_syllables * math.log2(15 * 5) + math.log2(9000) * len(digits)
    assert bits >= 60
    assert all(part[1::2].strip("aeiou") == "" for part in syllables)
