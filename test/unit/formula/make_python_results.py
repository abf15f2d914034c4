#!/usr/bin/env python3
"""Writes python_results.txt: what Python makes of expressions of the formula language.

Run by hand after a change of the lists below:  python3 make_python_results.py > python_results.txt
The numbers of the language are floats, so whole numbers in the expressions are made floats before Python
evaluates them, and min and max take a single value too. Lines of the file, fields separated by a tab:

  name     NAME        HEX         the value of a name in the expressions below
  result   HEX         EXPRESSION
  zero     EXPRESSION              Python raises ZeroDivisionError
  refused  EXPRESSION              Python computes it, the formula language does not
"""

import ast
import builtins
import itertools
import random

NAMES = {"a": 3.0, "b": -2.0, "zero": 0.0, "minus_zero": -0.0, "tenth": 0.1, "big": 1e308, "tiny": 5e-324,
         "x1": 7.25, "_under": -0.75}

LITERALS = """0 00 1 2.5 .5 2. 0.1 1_000 1_0.2_5 1e6 1E6 1e+6 1e-6 1_0e1_0 .5e3 5.e-1 01.5 007e2 0e5 1e308
1.7976931348623157e308 1.7976931348623158e308 2.2250738585072014e-308 5e-324 2e-324 3e-324 1e-400 0.1e-399
9007199254740993 9007199254740992.5 123456789012345678901234567890 0.30000000000000004 1e23 8.41e21
3.14159265358979323846264338327950288 1e22 1e-22 6.02214076e23 4.35 2.675 0.000001 1e-7 100000000000000000000
179769313486231570000000000000000000000e270 0.0000000000000000000000000000000000000000000000000001e52""".split()

PRECEDENCE = """1 + 2 * 3
(1 + 2) * 3
1 - 2 - 3
1 - (2 - 3)
8 / 4 / 2
8 / (4 / 2)
8 // 3 // 2
17 % 10 % 4
2 * 7 // 3
2 * (7 // 3)
7 // 3 * 2
7 % 3 * 2
2 * 7 % 3
10 - 2 * 3 + 4
10 / 4 * 2
10 // 4 * 2.5
1 + 2 - 3 * 4 / 5 // 6 % 7
-2 * 3
2 * -3
-2 * -3
-7 // 2
-(7 // 2)
-7 % 3
-(7 % 3)
7 % -3
7 // -2
-7 // -2
-7 % -3
+5
-5
+5 - +3
5 - -3
5 + -3
5--3
5+-3
5-+3
5*-3
5/-2
5//-2
5%-3
-(5)
-(-5)
+(-5)
-(+5)
-(-(-5))
((((((1))))))
(((1 + 2)) * ((3)))
1+2*3-4/5
( 1+2 )*( 3-4 )
a - b - tenth
a * b + x1
a / b * x1
a // b
a % b
-a % b
-a // b
a + -b
a--b
-a
+a
-(a + b)
a * (b + x1) / tenth
_under * x1
_under // tenth
tenth + tenth + tenth
tenth * 3
1 - 0.9
0.1 + 0.2
0.1 + 0.2 - 0.3
1.1 * 1.1
1 / 3
2 / 3
1 / 3 * 3
1e16 + 1
1e16 + 1 - 1e16
1e308 * 10
-1e308 * 10
1e308 + 1e308
1e308 * 10 - 1e308 * 10
5e-324 / 2
-5e-324 / 2
1e-200 * 1e-200
-1e-200 * 1e-200
big * big
big / tiny
tiny * tiny
tiny / big
big + big - big
400 * 12 * 6
1000 + 50 * 6
27500 / 250""".splitlines()

MIN_MAX = """min(1)
max(1)
min(-0)
max(a)
min(1, 2)
max(1, 2)
min(2, 1)
max(2, 1)
min(3, 1, 2)
max(3, 1, 2)
min(a, b, x1)
max(a, b, x1)
min(0, -0)
min(-0, 0)
max(0, -0)
max(-0, 0)
min(zero, minus_zero)
max(minus_zero, zero)
min(1, max(2, 3))
max(min(1, 2), min(3, 4), min(5, 6))
min(a + b, a * b, a / b)
-min(1, 2)
-max(-1, -2)
2 * max(1, 3) - 1
min(1, 2) // max(3, 4)
min( 1 , 2 )
min(1,2,3,4,5,6,7,8,9,10,0.5)
max((1), (2))
min(1e308 * 10, 5)
max(1e308 * 10, 5)
min(-1e308 * 10, 5)
min(1e308 * 10 - 1e308 * 10, 5)
max(1e308 * 10 - 1e308 * 10, 5)
min(5, 1e308 * 10 - 1e308 * 10)
max(5, 1e308 * 10 - 1e308 * 10)
min(1, -1e308 * 10 + 1e308 * 10, 0)
max(0, a - x1) * tenth
min(1, tenth // tenth)
max(-5 % 3, 5 % -3)""".splitlines()

REFUSED = """2 ** 3
2 ** -1
--a
++a
+-a
-+a
- -a
a - - -b
1 < 2
1 <= 2
1 == 1
1 != 2
1 > 2
1 if a else 2
a and b
a or b
not a
a is b
~1
1 & 2
1 | 2
1 ^ 2
1 << 2
1 >> 2
'text'
"text"
[1, 2]
(1, 2)
1, 2
{1: 2}
{1, 2}
()
min((1, 2))
min(1, 2,)
max(*[1, 2])
abs(a)
round(a)
sum([1, 2])
pow(2, 3)
int(a)
float(a)
a.real
a.is_integer()
(a).real
[1, 2][0]
0x1F
0o17
0b11
1j
2e3j
1e999
-1e999
1e309
1.7976931348623159e308
(lambda: 1)()
(y := 1)
[a for a in (1, 2)]
f'{a}'
a if b > 0 else -a
(min)(1, 2)""".splitlines()

OPERANDS = ["0", "-0", "1", "-1", "0.1", "-0.1", "2", "-2", "3", "-3", "0.3", "7.5", "-7.5", "1e300", "-1e-300",
            "5e-324"]


class Floats(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.Constant(float(node.value)) if isinstance(node.value, int) else node


ENVIRONMENT = {"__builtins__": {}, "min": lambda *v: builtins.min(v), "max": lambda *v: builtins.max(v), **NAMES}


def computed(expression):
    tree = ast.fix_missing_locations(Floats().visit(ast.parse(expression, mode="eval")))
    return eval(compile(tree, "expression", "eval"), dict(ENVIRONMENT))


def random_expression(choose, depth):
    kind = choose.random()
    if depth == 0 or kind < 0.25:
        atom = choose.choice(list(NAMES) + ["1", "2", "3", "0.1", "0.5", "7", "1_000", "1e3", "12.75", "1e-3"])
        return choose.choice(["", "", "", "-", "+"]) + atom
    if kind < 0.35:
        arguments = [random_expression(choose, depth - 1) for _ in range(choose.randint(1, 3))]
        return choose.choice(["min", "max"]) + "(" + ", ".join(arguments) + ")"
    if kind < 0.5:
        return choose.choice(["", "-", "+"]) + "(" + random_expression(choose, depth - 1) + ")"
    space = choose.choice(["", " "])
    operation = choose.choice(["+", "-", "*", "/", "//", "%"])
    return random_expression(choose, depth - 1) + space + operation + space + random_expression(choose, depth - 1)


def expressions():
    yield from LITERALS
    yield from PRECEDENCE
    yield from MIN_MAX
    for operation in ["//", "%"]:
        for left, right in itertools.product(OPERANDS, OPERANDS):
            yield f"{left} {operation} {right}"
    for operation in ["+", "-", "*", "/"]:
        for left, right in itertools.product(["0", "-0", "1e308", "-3", "tiny"], repeat=2):
            yield f"{left} {operation} {right}"
    choose = random.Random(20260101)
    for _ in range(700):
        yield random_expression(choose, choose.randint(1, 6))


def main():
    for name, value in NAMES.items():
        print("name", name, value.hex(), sep="\t")
    for expression in dict.fromkeys(expressions()):
        try:
            print("result", computed(expression).hex(), expression, sep="\t")
        except ZeroDivisionError:
            print("zero", expression, sep="\t")
    builtin = {name: getattr(builtins, name) for name in ["abs", "float", "int", "max", "min", "pow", "round", "sum"]}
    for expression in REFUSED:
        eval(expression, {**builtin, **NAMES})  # raises where Python does not compute it either
        print("refused", expression, sep="\t")


if __name__ == "__main__":
    main()
