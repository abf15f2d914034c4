// The formula language of scoring.md, as far as the random PM writes it: enough to compute and to refuse.

const TOKEN = /\s*(?:(\d[\d_]*\.?\d*(?:e[+-]?\d+)?|\.\d+)|([A-Za-z_]\w*)|(\/\/|[-+*/%(),]))/iy;
const MOST_ASSIGNMENTS = 10;

const floorDivide = (a, b) => Math.floor((a - remainder(a, b)) / b);
function remainder(a, b) {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

class Line {
  constructor(text) {
    this.tokens = [];
    TOKEN.lastIndex = 0;
    while (text.slice(TOKEN.lastIndex).trim() !== '') {
      const at = TOKEN.lastIndex;
      const match = TOKEN.exec(text);
      if (!match) throw new SyntaxError(`column ${at + 1}`);
      this.tokens.push(
        match[1] !== undefined
          ? { number: Number(match[1].replaceAll('_', '')) }
          : match[2] !== undefined
            ? { name: match[2] }
            : { sign: match[3] },
      );
    }
    this.next = 0;
  }

  #sign(...signs) {
    const token = this.tokens[this.next];
    if (token?.sign === undefined || !signs.includes(token.sign)) return undefined;
    this.next += 1;
    return token.sign;
  }

  #expect(sign) {
    if (this.#sign(sign) === undefined) throw new SyntaxError(`${sign} expected`);
  }

  get names() {
    return this.tokens.map(({ name }) => name).filter((name) => name !== undefined && !['min', 'max'].includes(name));
  }

  whole() {
    const expression = this.#sum();
    if (this.next < this.tokens.length) throw new SyntaxError('something is left over');
    return expression;
  }

  #sum() {
    let left = this.#product();
    for (let sign; (sign = this.#sign('+', '-')) !== undefined;) {
      const [a, b, minus] = [left, this.#product(), sign === '-'];
      left = (values) => (minus ? a(values) - b(values) : a(values) + b(values));
    }
    return left;
  }

  #product() {
    let left = this.#operand();
    for (let sign; (sign = this.#sign('*', '/', '//', '%')) !== undefined;) {
      const [a, b, operator] = [left, this.#operand(), sign];
      left = (values) => {
        const [x, y] = [a(values), b(values)];
        if (operator === '*') return x * y;
        if (y === 0) throw new RangeError('division by zero');
        return operator === '/' ? x / y : operator === '//' ? floorDivide(x, y) : remainder(x, y);
      };
    }
    return left;
  }

  #operand() {
    const sign = this.#sign('+', '-');
    const atom = this.#atom();
    return sign === '-' ? (values) => -atom(values) : atom;
  }

  #atom() {
    if (this.#sign('(')) {
      const inner = this.#sum();
      this.#expect(')');
      return inner;
    }
    const token = this.tokens[this.next++];
    if (token?.number !== undefined) return () => token.number;
    if (token?.name === undefined) throw new SyntaxError('an operand is missing');
    if (!['min', 'max'].includes(token.name)) return (values) => values.use(token.name);
    this.#expect('(');
    const parts = [this.#sum()];
    while (this.#sign(',')) parts.push(this.#sum());
    this.#expect(')');
    return (values) => Math[token.name](...parts.map((part) => part(values)));
  }
}

/** {inputs: names in order of first use, evaluate(parameters)}; throws SyntaxError where the language refuses the text. */
export function compile(text) {
  const lines = [];
  text.split(/\r\n|\r|\n/).forEach((whole, index) => {
    const line = whole.replace(/#.*/, '');
    if (line.trim() === '') return;
    const match = /^\s*([A-Za-z_]\w*)\s*=([^=].*)$/.exec(line);
    if (!match || ['min', 'max'].includes(match[1])) throw new SyntaxError(`line ${index + 1}`);
    const parsed = new Line(match[2]);
    lines.push({ number: index + 1, name: match[1], expression: parsed.whole(), names: parsed.names });
  });
  if (lines.length > MOST_ASSIGNMENTS) throw new SyntaxError('too many assignments');
  if (!lines.some(({ name }) => name === 'value')) throw new SyntaxError('no line assigns value');

  const play = (parameter) => {
    const assigned = new Map();
    for (const { number, name, expression } of lines) {
      try {
        assigned.set(name, expression({ use: (used) => (assigned.has(used) ? assigned.get(used) : parameter(used)) }));
      } catch (error) {
        if (error instanceof RangeError) error.line ??= number;
        throw error;
      }
    }
    return assigned;
  };
  const inputs = [];
  const assigned = new Set();
  for (const { name, names } of lines) {
    for (const used of names) if (!assigned.has(used) && !inputs.includes(used)) inputs.push(used);
    assigned.add(name);
  }
  return { inputs, evaluate: (parameters) => play((name) => parameters.get(name)) };
}
