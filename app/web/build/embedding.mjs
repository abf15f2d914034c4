// Generated sources: an assembler file that embeds a page's files, and the C++ table of them.

const symbol = (page, index, encoding) => `roadmap_web_${page}_${index}_${encoding}`;
// Addresses, header values and hashes hold nothing that needs more than this in a C++ string.
const quoted = (text) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** The hash of each file is in it, so that the object is made again when a file changes. */
export function embeddingSource(page, assets) {
  const blocks = assets.flatMap(({ address, hash, variants }, index) =>
    variants.map(({ encoding, file }) => {
      const name = symbol(page, index, encoding);
      return `// ${address} ${hash}\n  .global ${name}\n  .balign 16\n${name}:\n  .incbin "${page}/${file}"\n`;
    }));
  return `// Generated from app/web/${page}.\n  .section .rodata\n${blocks.join('')}  .section .note.GNU-stack,"",%progbits\n`;
}

function assetEntry(page, definition, asset, index) {
  const variant = (encoding) => {
    const found = asset.variants.find((one) => one.encoding === encoding);
    return found ? `{${symbol(page, index, encoding)}, ${found.content.length}}` : '{}';
  };
  return `    {${quoted(asset.address)}, ${quoted(asset.contentType)}, ${quoted(asset.hash)}, ${asset.size},
     ${asset.immutable ? 'AssetCaching::kForEver' : 'AssetCaching::kAskAgain'}, ${
       definition.audience === 'demo' ? 'AssetAudience::kDemo' : 'AssetAudience::kEverybody'}, ${table(page, 'Headers')},
     ${variant('identity')},
     ${variant('gzip')},
     ${variant('brotli')}},`;
}

/** "kConsoleAssets": a name of its own, for the pages' sources may be compiled as one. */
function table(page, what) {
  return `k${page[0].toUpperCase()}${page.slice(1)}${what}`;
}

export function tableSource(page, definition, assets) {
  const symbols = assets.flatMap(({ variants }, index) =>
    variants.map(({ encoding }) => `extern const char ${symbol(page, index, encoding)}[];`));
  const headers = Object.entries(definition.headers).map(([name, value]) => `    {${quoted(name)}, ${quoted(value)}},`);
  return `// Generated from app/web/${page}.
#include "app/web/asset.h"

extern "C" {
${symbols.join('\n')}
}

namespace roadmap::app {
namespace {

constexpr AssetHeader ${table(page, 'Headers')}[] = {
${headers.join('\n')}
};

const Asset ${table(page, 'Assets')}[] = {
${assets.map((asset, index) => assetEntry(page, definition, asset, index)).join('\n')}
};

}  // namespace

extern std::span<const Asset> ${page}_assets();
std::span<const Asset> ${page}_assets() { return ${table(page, 'Assets')}; }

}  // namespace roadmap::app
`;
}
