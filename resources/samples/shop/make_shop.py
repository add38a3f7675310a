#!/usr/bin/env python3
"""Writes shop.sql, the sample shop: schema.sql and made-up Brazilian records, the same at every run.

No person, company or document here is real: the check digits of every CPF and CNPJ are wrong on purpose, the mail
addresses are of domains reserved for examples.
"""
import datetime
import os
import struct
import unicodedata
import zlib

import words

HERE = os.path.dirname(os.path.abspath(__file__))
FIRST_DAY = datetime.datetime(2025, 1, 6, 8, 0)


class Dice:
    """A linear congruential generator (Knuth's MMIX), so that no library decides what the sample holds."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        return (self.state >> 33) % limit

    def one_of(self, items):
        return items[self.below(len(items))]

    def chance(self, percent):
        return self.below(100) < percent


class Cents(int):
    """An exact amount; written with two places."""


class Raw(str):
    """Already SQL."""


def literal(value):
    if value is None:
        return "NULL"
    if isinstance(value, Cents):
        return f"{value // 100}.{value % 100:02}"
    if isinstance(value, Raw) or isinstance(value, int):
        return str(value)
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    if isinstance(value, datetime.datetime):
        return f"'{value:%Y-%m-%d %H:%M:%S.%f}'"
    return "'" + str(value).replace("'", "''") + "'"


def insert(table, columns, rows, at_once=100):
    """Statements of at most at_once rows; one row a line, so that a difference is readable."""
    text = []
    for start in range(0, len(rows), at_once):
        lines = ",\n".join("(" + ", ".join(map(literal, row)) + ")" for row in rows[start:start + at_once])
        text.append(f"INSERT INTO {table} ({', '.join(columns)}) VALUES\n{lines};\n")
    return "".join(text)


def plain(text):
    """For mail addresses and slugs: no accents, no spaces."""
    letters = unicodedata.normalize("NFD", text.lower()).encode("ascii", "ignore").decode()
    return "-".join("".join(c if c.isalnum() else " " for c in letters).split())


def wrong_digits(number, weights):
    """Two check digits that no valid document has: the real ones, each plus one."""
    digits = [int(c) for c in number]
    for first in weights:
        total = sum(a * b for a, b in zip(digits, first))
        digits.append(0 if total % 11 < 2 else 11 - total % 11)
    return "".join(str((d + 1) % 10) for d in digits[-2:])


def cpf(n):
    number = f"{900000000 + n * 7919:09}"
    check = wrong_digits(number, (range(10, 1, -1), range(11, 1, -1)))
    return f"{number[:3]}.{number[3:6]}.{number[6:9]}-{check}"


def cnpj(n):
    number = f"{90000000 + n * 104729:08}0001"
    check = wrong_digits(number, ((5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2), (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)))
    return f"{number[:2]}.{number[2:5]}.{number[5:8]}/{number[8:12]}-{check}"


def picture(colour):
    """A PNG of 12 x 12 pixels: a ring in the colour. Stored uncompressed, so that every zlib writes the same bytes."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b""
    for y in range(12):
        rows += b"\0" + bytes(14 <= (2 * x - 11) ** 2 + (2 * y - 11) ** 2 <= 110 for x in range(12))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 12, 12, 8, 3, 0, 0, 0))
            + chunk(b"PLTE", b"\xff\xff\xff" + bytes.fromhex(colour)) + chunk(b"IDAT", zlib.compress(rows, 0))
            + chunk(b"IEND", b""))


def catalogue(dice):
    """Categories, products and tags."""
    categories, products, tags, links = [], [], sorted(words.TAGS), []
    for department, colour, shelves in words.DEPARTMENTS:
        parent = len(categories) + 1
        categories.append((parent, None, department, plain(department)))
        for shelf, goods in shelves:
            categories.append((len(categories) + 1, parent, shelf, plain(department + " " + shelf)))
            for place, (name, price, grams, marks) in enumerate(goods):
                number = len(products) + 1
                cost = price * (52 + dice.below(20))        # in hundredths of a cent
                created = FIRST_DAY - datetime.timedelta(days=5 + dice.below(300), microseconds=dice.below(10 ** 10))
                stock = 0 if dice.chance(8) else 3 + dice.below(120)
                products.append((number, len(categories), 1 + dice.below(len(words.SUPPLIERS)) if number % 13 else None,
                                 f"{plain(department)[:3].upper()}-{number:04}", name,
                                 words.DESCRIPTIONS.get(name), Cents(price), Raw(f"{cost // 10000}.{cost % 10000:04}"),
                                 Raw(f"{grams // 1000}.{grams % 1000:03}"), stock, int(number % 17 != 0),
                                 picture(colour) if place == 0 else None, created))
                links += [(number, 1 + tags.index(mark)) for mark in marks]
    return categories, products, [(n + 1, t) for n, t in enumerate(tags)], links


def people(dice):
    """Customers and their addresses."""
    customers, addresses = [], []
    for n in range(60):
        name = f"{words.FIRST_NAMES[n]} {dice.one_of(words.LAST_NAMES)}"
        if dice.chance(60):
            name += " " + dice.one_of([w for w in words.LAST_NAMES if w not in name])
        mail = plain(name).replace("-", ".") + "@" + ("example.com", "example.org", "example.net")[n % 3]
        born = datetime.date(1950, 1, 1) + datetime.timedelta(days=dice.below(20000))
        joined = FIRST_DAY - datetime.timedelta(minutes=dice.below(500000), microseconds=dice.below(10 ** 6))
        area = dice.one_of(words.CITIES)
        customers.append((n + 1, name, cpf(n + 1), mail, f"({area[2]}) 90000-{1000 + n}" if dice.chance(85) else None,
                          str(born) if dice.chance(90) else None, int(dice.chance(45)), joined))
        for place in range(1 + dice.below(2) * dice.below(2) + (n == 0)):
            city, state, _, cep, districts = area if place == 0 else dice.one_of(words.CITIES)
            addresses.append((len(addresses) + 1, n + 1, ("casa", "trabalho", "outro")[place], dice.one_of(words.STREETS),
                              dice.one_of(("s/n", str(5 + dice.below(2900)), str(5 + dice.below(900)))),
                              dice.one_of((None, None, f"Apto {11 + dice.below(200)}", "Fundos", "Bloco B, casa 2")),
                              dice.one_of(districts), city, state, f"{cep:05}-{dice.below(1000):03}", int(place == 0)))
    return customers, addresses


class Orders:
    """300 orders over one year with lines, payments and shipments."""

    def __init__(self, dice, products, addresses):
        self.orders, self.lines, self.payments, self.shipments = [], [], [], []
        self.dice, self.products, self.bought = dice, products, {}
        moment = FIRST_DAY
        for number in range(1, 301):
            moment += datetime.timedelta(minutes=240 + dice.below(2900), seconds=dice.below(60),
                                         microseconds=dice.below(10 ** 6))
            self.add(number, moment, dice.one_of(addresses))

    def add(self, number, moment, address):
        dice = self.dice
        status = dice.one_of(("aberto", "pago", "enviado")) if number > 270 else \
            "cancelado" if dice.chance(7) else "entregue"
        total, chosen = 0, set()
        for _ in range(1 + dice.below(3) + dice.below(3)):
            chosen.add(dice.below(len(self.products)))
        for place, index in enumerate(sorted(chosen)):
            price, quantity = self.products[index][6], 1 + dice.below(2) + 3 * dice.chance(10)
            self.lines.append((number, place + 1, index + 1, quantity, price))
            total += price * quantity
            if status == "entregue":
                self.bought.setdefault((index + 1, address[1]), moment)
        freight = Cents(0 if total > 30000 else 1290 + 100 * dice.below(25))
        discount = Cents(total // 20 if dice.chance(15) else 0)
        note = dice.one_of(words.NOTES) if dice.chance(12) else None
        self.orders.append((number, address[1], address[0], f"P2025-{number:06}", status, moment, freight, discount, note))
        self.pay(number, moment, status, Cents(total + freight - discount))
        if status in ("enviado", "entregue"):
            left = moment + datetime.timedelta(hours=20 + dice.below(60), microseconds=dice.below(10 ** 6))
            arrived = left + datetime.timedelta(hours=24 + dice.below(200), microseconds=dice.below(10 ** 6))
            code = f"BR{100000000 + number * 73939:09}XX" if not dice.chance(5) else None
            self.shipments.append((len(self.shipments) + 1, number, dice.one_of(words.CARRIERS), code, left,
                                   arrived if status == "entregue" else None))

    def pay(self, number, moment, status, amount):
        dice = self.dice
        if status == "cancelado" and dice.chance(50):
            return
        method = dice.one_of(("pix", "pix", "pix", "crédito", "crédito", "débito", "boleto"))
        state = {"aberto": "pendente", "cancelado": "estornado"}.get(status, "pago")
        paid = None if state == "pendente" else moment + datetime.timedelta(seconds=20 + dice.below(40000))
        parts = 1 + dice.below(10) if method == "crédito" and amount > 10000 else 1
        self.payments.append((len(self.payments) + 1, number, method, state, amount, parts, paid))


def reviews(dice, bought):
    rows = []
    for (product, customer), moment in sorted(bought.items()):
        if dice.chance(25):
            rating = 5 - (dice.below(5) * dice.below(5)) // 4
            title, body = dice.one_of(words.REVIEWS[rating])
            when = moment + datetime.timedelta(days=12 + dice.below(30), microseconds=dice.below(10 ** 10))
            rows.append((len(rows) + 1, product, customer, rating, title, body, when))
    return rows


def script():
    dice = Dice(20250106)
    categories, products, tags, links = catalogue(dice)
    suppliers = [(n + 1, name, cnpj(n + 1), f"vendas@{plain(name)}.example", f"({area}) 3000-{2000 + n}", city, state)
                 for n, (name, city, state, area) in enumerate(words.SUPPLIERS)]
    customers, addresses = people(dice)
    sales = Orders(dice, products, addresses)
    with open(os.path.join(HERE, "schema.sql"), encoding="utf-8") as file:
        schema = file.read()
    return "".join((
        "-- The sample shop. Written by make_shop.py: edit schema.sql or words.py and run it again.\n\n", schema, "\n",
        insert("category", ("id", "parent_id", "name", "slug"), categories),
        insert("supplier", ("id", "name", "cnpj", "email", "phone", "city", "state"), suppliers),
        insert("product", ("id", "category_id", "supplier_id", "sku", "name", "description", "unit_price", "unit_cost",
                           "weight_kg", "stock", "active", "photo", "created_at"), products),
        insert("tag", ("id", "name"), tags),
        insert("product_tag", ("product_id", "tag_id"), sorted(links)),
        insert("customer", ("id", "name", "cpf", "email", "phone", "birth_date", "newsletter", "created_at"), customers),
        insert("address", ("id", "customer_id", "label", "street", "number", "complement", "district", "city", "state",
                           "cep", "main"), addresses),
        insert('"order"', ("id", "customer_id", "address_id", "number", "status", "placed_at", "freight", "discount",
                           "note"), sales.orders),
        insert("order_line", ("order_id", "line_number", "product_id", "quantity", "unit_price"), sales.lines),
        insert("payment", ("id", "order_id", "method", "status", "amount", "installments", "paid_at"), sales.payments),
        insert("shipment", ("id", "order_id", "carrier", "tracking_code", "shipped_at", "delivered_at"), sales.shipments),
        insert("review", ("id", "product_id", "customer_id", "rating", "title", "body", "created_at"),
               reviews(dice, sales.bought))))


if __name__ == "__main__":
    with open(os.path.join(HERE, "shop.sql"), "w", encoding="utf-8") as target:
        target.write(script())
